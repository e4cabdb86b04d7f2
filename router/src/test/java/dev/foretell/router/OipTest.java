package dev.foretell.router;

import static dev.foretell.router.OipStage.ECHO;
import static dev.foretell.router.OipStage.X;
import static dev.foretell.router.OipStage.infer;
import static dev.foretell.router.OipStage.input;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a single request and answer do not tell of the Open Inference Protocol: binary tensors, headers, what changes. */
class OipTest {
    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    private final FakeHost host = EchoModel.at(LIVE);
    private final FakeWorker functions = LIVE.worker(ScriptedFunctions::play);

    @BeforeEach
    void serve() {
        OipStage.serve(LIVE, host, functions);
    }

    private record Bytes(int status, String jsonLength, String type, byte[] body) {
        JsonNode json() {
            int length = jsonLength.isEmpty() ? body.length : Integer.parseInt(jsonLength);
            return Json.readTree(Arrays.copyOf(body, length));
        }

        ByteBuffer after() {
            int length = Integer.parseInt(jsonLength);
            return ByteBuffer.wrap(body, length, body.length - length).slice().order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static Bytes binary(String path, String json, ByteBuffer after) throws IOException, InterruptedException {
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + after.capacity());
        after.get(0, body, head.length, after.capacity());
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(LIVE.uri(path))
                                .header("Inference-Header-Content-Length", Integer.toString(head.length))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        return new Bytes(
                answer.statusCode(),
                answer.headers().firstValue("Inference-Header-Content-Length").orElse(""),
                answer.headers().firstValue("Content-Type").orElse(""),
                answer.body());
    }

    private static ByteBuffer longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(bytes::putLong);
        return bytes;
    }

    @Test
    void tensorsTravelInBinaryFormToAHostAndBack() throws Exception {
        String json = """
                {"inputs":[{"name":"X","shape":[1,2],"datatype":"INT64","parameters":{"binary_data_size":16}}],\
                "outputs":[{"name":"Y","parameters":{"binary_data":true}},{"name":"score"}]}""";

        Bytes answer = binary(ECHO + "/infer", json, longs(Long.MIN_VALUE, 9007199254740993L));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/octet-stream");
        assertThat(answer.json().at("/outputs/0/parameters/binary_data_size").asInt())
                .isEqualTo(16);
        assertThat(answer.json().at("/outputs/1/data/1").asDouble()).isEqualTo(0.625);
        assertThat(answer.after().getLong(0)).isEqualTo(Long.MIN_VALUE);
        assertThat(answer.after().getLong(8)).isEqualTo(9007199254740993L);
    }

    @Test
    void aBodyWithoutAHeadIsTheOnlyInput() throws Exception {
        Bytes hosted = binary(ECHO + "/infer", "", longs(1, 2, 3, 4));
        Bytes function =
                binary("/v2/models/fib/infer", "", ByteBuffer.allocate(4).putInt(0, Integer.reverseBytes(10)));

        assertThat(hosted.json().at("/outputs/0/shape")).hasToString("[2,2]");
        assertThat(hosted.after().getLong(24)).isEqualTo(4);
        assertThat(function.after().getLong()).isEqualTo(55);
    }

    @Test
    void functionsTakeAndGiveBinaryTensorsToo() throws Exception {
        String json = """
                {"inputs":[{"name":"n","shape":[2],"datatype":"INT64","parameters":{"binary_data_size":16}}],\
                "parameters":{"binary_data_output":true}}""";

        Bytes answer = binary("/v2/models/fib/infer", json, longs(10, 90));

        assertThat(answer.json().at("/outputs/0/shape")).hasToString("[2]");
        assertThat(answer.after().getLong(8)).isEqualTo(2880067194370816120L);
    }

    @Test
    void aHeaderThatCannotBeIsRefused() {
        LiveRouter.Answer answer =
                LIVE.post(ECHO + "/infer", infer(X + "[1,2]}"), "Inference-Header-Content-Length", "9999");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("X-Error-Code")).isEqualTo("INVALID_INPUT");
    }

    @Test
    void aHostIsToldTheModelTheVersionAndTheTimeThatIsLeft() {
        LIVE.post(ECHO + "/infer", infer(X + "[1,2]}", "\"parameters\":{\"timeout\":2000000}"));

        assertThat(host.worker().last().path()).isEqualTo("/sha256-" + HostedModels.digest("echo", 2) + ".infer");
        assertThat(host.worker().last().headers()).containsEntry("X-Foretell-Model", "echo:2");
        assertThat(host.worker().last().headers()).doesNotContainKey("Inference-Header-Content-Length");
        assertThat(Integer.parseInt(host.worker().last().headers().get("X-Request-Timeout-Ms")))
                .isBetween(1, 2000);
    }

    @Test
    void aTimeoutInTheBodyIsKept() {
        functions.predicts(Scripts.hangs());

        LiveRouter.Answer answer = LIVE.post(
                "/v2/models/fib/infer",
                infer(input("n", "[2]", "INT32", "[1,2]"), "\"parameters\":{\"timeout\":150000}"),
                "X-Request-Timeout-Ms",
                "60000");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("X-Error-Code")).isEqualTo("DEADLINE_EXCEEDED");
    }

    @Test
    void aBusyWorkersWishIsPassedOn() {
        LiveRouter.Answer answer = LIVE.post("/v2/models/busy/infer", infer(""), "X-Request-Id", "mine");

        assertThat(answer.header("X-Error-Code")).isEqualTo("WORKERS_BUSY");
        assertThat(answer.header("Retry-After")).isEqualTo("7");
        assertThat(answer.header("X-Request-Id")).isEqualTo("mine");
    }

    @Test
    void aThousandCallsAreMadeForAThousandElements() {
        LiveRouter.Answer answer =
                LIVE.post("/v2/models/fib/infer", infer(input("n", "[1000]", "INT32", "[" + "7,".repeat(999) + "8]")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/outputs/0/data/998").asInt()).isEqualTo(13);
        assertThat(answer.json().at("/outputs/0/data/999").asInt()).isEqualTo(21);
    }

    @Test
    void aLongAnswerIsPassedOn() {
        String data = "[" + "9007199254740993,".repeat(99_999) + "1]";

        LiveRouter.Answer answer = LIVE.post(ECHO + "/infer", infer(input("X", "[50000,2]", "INT64", data)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/outputs/0/data/99999").asInt()).isEqualTo(1);
    }

    @Test
    void oneFunctionOfManyThatHasNoWorkerIsItsOwnTrouble() {
        FakeWorker gone = LIVE.worker(call -> call.answer(200, "1"));
        gone.stop();
        LIVE.register("""
                {"AI":{"lonely":[%s]}}""".formatted(gone.entry()));

        assertThat(LIVE.get("/v2/models/lonely/ready").status()).isEqualTo(503);
        assertThat(LIVE.get("/v2/health/ready").status()).isEqualTo(200);
    }

    @Test
    void livenessIsNotReadiness() {
        functions.stop();
        Awaitility.await().until(() -> LIVE.get("/v2/health/ready").status() == 503);

        assertThat(LIVE.get("/v2/health/live").status()).isEqualTo(200);
        assertThat(LIVE.get("/v2/health/ready").json().path("ready").asBoolean(true))
                .isFalse();
        assertThat(LIVE.get("/v2/models/fib/ready").status()).isEqualTo(503);
        assertThat(LIVE.get("/v2/models/echo/ready").status()).isEqualTo(200);
        LiveRouter.Answer refused = LIVE.post("/v2/models/fib/infer", infer(input("n", "[1]", "INT32", "[1]")));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
    }

    @Test
    void whatIsUnloadedIsNotServedUntilItIsLoadedAgain() {
        assertThat(LIVE.post("/v2/repository/models/echo/unload", """
                {"parameters":{"unload_dependents":true}}""").status()).isEqualTo(200);
        assertThat(LIVE.get("/v2/models/echo/ready").status()).isEqualTo(503);
        assertThat(LIVE.post(ECHO + "/infer", infer(X + "[1,2]}")).status()).isEqualTo(503);
        assertThat(LIVE.post("/v2/repository/index", "").body()).contains("""
                "UNAVAILABLE", "reason": "unloaded\"""");

        assertThat(LIVE.post("/v2/repository/models/echo/load", "").status()).isEqualTo(200);
        assertThat(LIVE.post(ECHO + "/infer", infer(X + "[1,2]}")).status()).isEqualTo(200);
    }

    @Test
    void aNameThatTwoTypesHaveIsWrittenWithItsType() {
        LIVE.register("""
                {"Other":{"fib":[%s]}}""".formatted(functions.entry()));

        assertThat(LIVE.get("/v2/models/fib").status()).isEqualTo(404);
        assertThat(LIVE.get("/v2/models/fib").json().path("error").asText()).contains("AI/fib", "Other/fib");
        assertThat(LIVE.get("/v2/models/Other%2Ffib").json().path("name").asText())
                .isEqualTo("Other/fib");
    }

    @Test
    void statisticsSayWhatWasMeasured() {
        LIVE.post("/v2/models/fib/infer", infer(input("n", "[3]", "INT32", "[1,2,3]")));
        LIVE.post("/v2/models/fib/infer", infer(""));
        LIVE.post(ECHO + "/infer", infer(X + "[1,2]}"));

        JsonNode fib = LIVE.get("/v2/models/fib/stats").json().at("/model_stats/0");
        JsonNode echo = LIVE.get("/v2/models/echo/stats").json().path("model_stats");

        assertThat(fib.path("name").asText()).isEqualTo("fib");
        assertThat(fib.path("inference_count").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(fib.path("execution_count").asLong()).isEqualTo(3);
        assertThat(fib.at("/inference_stats/fail/count").asLong()).isGreaterThanOrEqualTo(1);
        assertThat(fib.at("/inference_stats/compute_infer/count").asLong()).isEqualTo(4);
        assertThat(fib.at("/inference_stats/compute_infer/ns").asLong()).isPositive();
        assertThat(echo.findValuesAsText("version")).containsExactly("1", "2");
        assertThat(LIVE.get(ECHO + "/stats")
                        .json()
                        .at("/model_stats/0/execution_count")
                        .asLong())
                .isEqualTo(1);
        assertThat(LIVE.get("/v2/models/stats").json().path("model_stats").findValuesAsText("name"))
                .contains("fib", "echo", "mean");
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        LiveRouter.Answer answer = LIVE.post(ECHO + "/infer", " ".repeat(10 * 1024 * 1024 + 1));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("error").asText()).contains("longer than");
    }

    @Test
    void aCompressedBodyIsRefused() {
        LiveRouter.Answer answer = LIVE.post(ECHO + "/infer", infer(X + "[1,2]}"), "Content-Encoding", "br");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("X-Error-Code")).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }
}
