package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.e2e.Http.Reply;
import dev.foretell.examples.models.ExampleModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files through a real router and a real host. */
class HostTest {
    private static final String FLOWER = "{\"X\":[[5.1,3.5,1.4,0.2]]}";

    @TempDir
    static Path folder;

    private static Child router;
    private static Child host;

    @BeforeAll
    static void start() {
        router = Child.foretell(
                "router",
                "--port",
                "0",
                "--data",
                folder.toString(),
                "--set",
                "models.folder=" + folder.resolve("models"));
        host = Child.foretell("host", "--router", router.url());
        eventually().until(() -> predict("hosts", "identity", "{\"item\":1}").status() == 200);
    }

    @AfterAll
    static void stop() {
        host.close();
        router.close();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    private static Reply predict(String type, String model, String data) {
        return Http.post(
                router.url() + "/v1/" + type + "_model/predict",
                "{\"modelId\":\"" + model + "\",\"data\":" + data + "}");
    }

    @Test
    void anUploadedModelIsServed() {
        Reply uploaded = Http.put(router.url() + "/v1/models/iris/versions", ExampleModels.iris());

        assertThat(uploaded.body()).contains("\"digest\"", "output_probability");
        assertThat(uploaded.status()).isEqualTo(201);
        eventually().until(() -> predict("AI", "iris", FLOWER).status() == 200);
        assertThat(predict("AI", "iris", FLOWER).json().at("/output_label/0").asInt(-1))
                .isZero();
        assertThat(predict("AI", "iris:1", "{\"values\":[6.7,3.0,5.2,2.3]}").body())
                .isEqualTo("{\"values\":[2]}");
        assertThat(predict("AI", "iris", "{\"X\":[[1]]}").status()).isEqualTo(422);
        Reply inferred = Http.post(
                router.url() + "/v2/models/iris/infer",
                "{\"inputs\":[{\"name\":\"X\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[5.1,3.5,1.4,0.2]}]}");
        assertThat(inferred.json().path("model_name").asText()).isEqualTo("iris");
        assertThat(inferred.json().at("/outputs/0/data/0").asInt(-1)).isZero();
    }

    @Test
    void whatIsNoModelIsRefusedAndTheHostServesOn() {
        Reply refused = Http.put(
                router.url() + "/v1/models/text/versions", "this is no model".getBytes(StandardCharsets.UTF_8));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("no ONNX model");
        assertThat(predict("hosts", "identity", "{\"item\":1}").body()).contains("\"modelhost\":\"127.0.0.1-");
    }
}
