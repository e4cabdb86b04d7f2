package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients of Triton and MLServer say and want, beyond the protocol. */
class TritonClientsTest {
    private static final String INPUT = """
            "inputs":[{"name":"X","shape":[1,2],"datatype":"INT64","data":[1,2]}]""";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private static final FakeHost HOST = EchoModel.start();

    @AfterAll
    static void stop() {
        HOST.close();
    }

    @BeforeAll
    static void serve() {
        router.replace("""
                {"hosts":{"onnx":[%s]}}""".formatted(HOST.entry()));
        register("photo", spec("X", Datatype.FP32, -1, 3, 224, 224), spec("Y", Datatype.FP32, -1, 1000));
        register("film", spec("X", Datatype.UINT8, -1, 224, 224, 3), spec("Y", Datatype.INT64, -1));
        register("one", spec("X", Datatype.FP32, 1, 4), spec("Y", Datatype.BYTES, 1));
        register("echo", spec("X", Datatype.INT64, -1, 2), spec("Y", Datatype.INT64, -1, 2));
    }

    private static TensorSpec spec(String name, Datatype datatype, long... shape) {
        return new TensorSpec(
                name, datatype, java.util.Arrays.stream(shape).boxed().toList());
    }

    private static void register(String name, TensorSpec input, TensorSpec output) {
        HostedModels.register(router, name, 1, List.of(input), List.of(output));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "photo|65536|[3,224,224]|FORMAT_NCHW|[1000]",
                "film|65536|[224,224,3]|FORMAT_NHWC|[1]",
                "one|0|[1,4]|FORMAT_NONE|[1]",
            })
    void theConfigurationTellsTheBatchAndThePictures(
            String model, int most, String dims, String format, String outputDims) {
        JsonNode config = router.get("/v2/models/" + model + "/config").json();

        assertThat(config.path("max_batch_size").asInt()).isEqualTo(most);
        assertThat(config.at("/input/0/dims").toString()).isEqualTo(dims);
        assertThat(config.at("/input/0/format").asText()).isEqualTo(format);
        assertThat(config.at("/output/0/dims").toString()).isEqualTo(outputDims);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "7", "9223372036854775807", "18446744073709551615"})
    void aPriorityIsAnUnsignedNumber(String priority) {
        String body = """
                {%s,"parameters":{"priority":%s,"timeout":30000000}}""".formatted(INPUT, priority);

        LiveRouter.Answer answer = router.post("/v2/models/echo/infer", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"-1", "18446744073709551616", "1.5", "\"1\""})
    void whatIsNoPriorityIsRefused(String priority) {
        String body = """
                {%s,"parameters":{"priority":%s}}""".formatted(INPUT, priority);

        LiveRouter.Answer answer = router.post("/v2/models/echo/infer", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("parameters.priority must be a whole number from 0 up");
    }

    @Test
    void theIndexTakesNullForAnything() {
        LiveRouter.Answer all = router.post("/v2/repository/index", """
                {"ready": null}""");

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.body()).contains("photo", "film");
        assertThat(router.post("/v2/repository/index", """
                {"ready": 1}""").status()).isEqualTo(400);
    }
}
