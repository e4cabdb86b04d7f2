package dev.foretell.router.http.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.json.Json;
import dev.foretell.router.http.oip.Statistics.View.Time;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of {@code /v2}, but for inference. */
class OipFormsTest {
    @Test
    void statisticsLeaveOutWhatTheModelDoesNotHave() {
        Statistics.View.Times times =
                new Statistics.View.Times(new Time(1, 2), new Time(3, 4), new Time(5, 6), new Time(7, 8));

        assertThat(Json.writeText(new Statistics.View("iris", "1", new Statistics.View.Calls(9, 10, times))))
                .isEqualTo("""
                        {"name":"iris","version":"1","inference_count":9,"execution_count":10,"inference_stats":{\
                        "success":{"count":1,"ns":2},"fail":{"count":3,"ns":4},"queue":{"count":5,"ns":6},\
                        "compute_infer":{"count":7,"ns":8}}}""");
        assertThat(Json.writeText(new Statistics.View("fib", null, null))).isEqualTo("""
                {"name":"fib"}""");
    }

    @Test
    void theConfigurationHasInputsOutputsAndWhatIsReshaped() {
        TritonConfig.Output item = new TritonConfig.Output("X", "TYPE_FP32", List.of(3L, 8L, 8L), null);
        TritonConfig.Output single =
                new TritonConfig.Output("Y", "TYPE_STRING", List.of(1L), new TritonConfig.Reshape(List.of()));

        assertThat(Json.writeText(new TritonConfig(
                        "iris",
                        "onnx_onnxv1",
                        65_536,
                        List.of(new TritonConfig.Input(item, "FORMAT_NCHW")),
                        List.of(single))))
                .isEqualTo("""
                        {"name":"iris","platform":"onnx_onnxv1","max_batch_size":65536,"input":[{"name":"X",\
                        "data_type":"TYPE_FP32","dims":[3,8,8],"format":"FORMAT_NCHW"}],"output":[{"name":"Y",\
                        "data_type":"TYPE_STRING","dims":[1],"reshape":{"shape":[]}}]}""");
    }

    @Test
    void metadataOfAFunctionHasNoVersions() {
        assertThat(Json.writeText(new ModelApi.Metadata("fib", List.of(), "java_function", List.of(), List.of())))
                .isEqualTo("""
                        {"name":"fib","platform":"java_function","inputs":[],"outputs":[]}""");
    }
}
