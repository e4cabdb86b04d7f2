package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foretell.e2e.Http.Reply;
import dev.foretell.examples.models.ExampleModels;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files through a real router and a real host. */
class HostTest {
    private static final String FLOWER = """
            {"X":[[5.1,3.5,1.4,0.2]]}""";

    private static final int WIDTH_IN_PNG = 16;

    @TempDir
    static Path folder;

    private static Child router;
    private static Child host;

    @BeforeAll
    static void start() {
        router = Child.foretell("router", "--port", "0", "--data", folder.toString());
        host = Child.foretell("host", "--router", router.url());
        eventually().until(() -> predict("hosts", "identity", """
                {"item":1}""").status() == 200);
    }

    @AfterAll
    static void stop() {
        host.close();
        router.close();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    private static Reply predict(String type, String model, String data) {
        return Http.post(router.url() + "/v1/" + type + "_model/predict", """
                {"modelId":"%s","data":%s}""".formatted(model, data));
    }

    @Test
    void anUploadedModelIsServed() {
        Reply uploaded = Http.put(router.url() + "/v1/models/iris/versions", ExampleModels.iris());

        assertThat(uploaded.body()).contains("\"digest\"", "output_probability");
        assertThat(uploaded.status()).isEqualTo(201);
        eventually().until(() -> predict("AI", "iris", FLOWER).status() == 200);
        assertThat(predict("AI", "iris", FLOWER).json().at("/output_label/0").asInt(-1))
                .isZero();
        assertThat(predict("AI", "iris:1", """
                {"values":[6.7,3.0,5.2,2.3]}""").body()).isEqualTo("""
                        {"values":[2]}""");
        assertThat(predict("AI", "iris", """
                {"X":[[1]]}""").status()).isEqualTo(422);
        Reply inferred = Http.post(router.url() + "/v2/models/iris/infer", """
                {"inputs":[{"name":"X","shape":[1,4],"datatype":"FP32","data":[5.1,3.5,1.4,0.2]}]}""");
        assertThat(inferred.json().path("model_name").asText()).isEqualTo("iris");
        assertThat(inferred.json().at("/outputs/0/data/0").asInt(-1)).isZero();
    }

    @Test
    void rowsByTheNamesOfTheirColumnsAreTakenWhereTheModelNamesThem() {
        byte[] named = withMetadata(ExampleModels.iris(), "foretell.columns", "length,width,petal_length,petal_width");
        assertThat(Http.put(router.url() + "/v1/models/flowers/versions", named).status())
                .isEqualTo(201);
        String rows = """
                [{"width":3.5,"length":5.1,"petal_length":1.4,"petal_width":0.2},\
                {"length":6.7,"width":3.0,"petal_width":2.3,"petal_length":5.2}]""";
        eventually().until(() -> predict("AI", "flowers", rows).status() == 200);

        Reply byPath = Http.post(router.url() + "/v1/AI_model/flowers/predict", rows);
        Reply wrong = predict("AI", "flowers", rows.replaceFirst("petal_width", "petal_wdth"));

        assertThat(predict("AI", "flowers", rows).json().path("output_label").toString())
                .isEqualTo("[0,2]");
        assertThat(byPath.json().path("output_label").toString()).isEqualTo("[0,2]");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("detail").asText()).contains("petal_wdth", "petal_width");
    }

    /** Messages of protobuf may be appended to: field 14 of a model is an entry of its metadata, of a key (1) and a value (2). */
    private static byte[] withMetadata(byte[] model, String key, String value) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        appendField(entry, 1, key.getBytes(StandardCharsets.US_ASCII));
        appendField(entry, 2, value.getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(model);
        appendField(all, 14, entry.toByteArray());
        return all.toByteArray();
    }

    /** Of fewer than 128 bytes. */
    private static void appendField(ByteArrayOutputStream to, int number, byte[] content) {
        to.write(number << 3 | 2);
        to.write(content.length);
        to.writeBytes(content);
    }

    @Test
    void aDiskThatIsFullIsSaidToBeAndWhatServedStillServes() throws Exception {
        String versions = router.url() + "/v1/models/kept/versions";
        assertThat(Http.put(versions, ExampleModels.iris()).status()).isEqualTo(201);
        eventually().until(() -> predict("AI", "kept", FLOWER).status() == 200);

        mayWrite("65536");
        Reply refused = Http.put(versions, new byte[1_000_000]);
        Reply fractal = Http.put(router.url() + "/api/v1/models/kept.onnx", new byte[1_000_000]);

        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.json().path("code").asText()).isEqualTo("INSUFFICIENT_STORAGE");
        assertThat(refused.json().path("detail").asText())
                .isEqualTo("there is no room for the file on the router's disk");
        assertThat(fractal.status()).isEqualTo(507);
        assertThat(predict("AI", "kept", FLOWER).status()).isEqualTo(200);
        assertThat(folder.resolve("models/incoming")).isEmptyDirectory();
        mayWrite("unlimited");
        assertThat(Http.put(versions, ExampleModels.iris())
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
    }

    /** The largest file that the router may write from now on: as if its disk were full. */
    private static void mayWrite(String bytes) throws Exception {
        Path prlimit = Path.of("/usr/bin/prlimit");
        assumeTrue(Files.isExecutable(prlimit));
        Process set = new ProcessBuilder(
                        prlimit.toString(), "--pid", Long.toString(router.pid()), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        assertThat(set.waitFor()).isZero();
    }

    @Test
    void theNextVersionIsCutShortAndTheOneBeforeServesOn() {
        String versions = router.url() + "/v1/models/whole/versions";
        byte[] iris = ExampleModels.iris();
        assertThat(Http.put(versions, iris).status()).isEqualTo(201);
        eventually().until(() -> predict("AI", "whole", FLOWER).status() == 200);

        Reply refused = Http.put(versions, Arrays.copyOf(iris, iris.length / 2));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("detail").asText()).contains("truncated");
        assertThat(predict("AI", "whole", FLOWER).status()).isEqualTo(200);
        assertThat(predict("AI", "whole:2", FLOWER).status()).isEqualTo(404);
    }

    @Test
    void aPictureThatClaimsToBeHugeIsRefusedByItsHeader() {
        byte[] bomb = ExampleModels.picture(7, "png");
        ByteBuffer.wrap(bomb).putInt(WIDTH_IN_PNG, 60_000).putInt(WIDTH_IN_PNG + 4, 60_000);
        assertThat(Http.put(router.url() + "/v1/models/digits/versions", ExampleModels.digits())
                        .status())
                .isEqualTo(201);
        String digits = router.url() + "/v1/AI_model/digits/predict";
        eventually()
                .until(() -> Http.put(digits, ExampleModels.picture(7, "png"), "image/png")
                                .status()
                        == 200);

        Reply refused = Http.put(digits, bomb, "image/png");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("detail").asText()).contains("60000x60000");
        assertThat(Http.put(digits, ExampleModels.picture(7, "png"), "image/png")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoModelIsRefusedAndTheHostServesOn() {
        Reply refused = Http.put(
                router.url() + "/v1/models/text/versions", "this is no model".getBytes(StandardCharsets.UTF_8));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("not an ONNX model");
        assertThat(predict("hosts", "identity", """
                {"item":1}""").body()).contains("\"modelhost\":\"127.0.0.1-");
    }
}
