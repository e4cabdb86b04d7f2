package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressed bodies are taken everywhere as what is in them, within the bounds of what is in them. */
@OnEveryTransport
class CompressedBodiesTest {
    private static final String CALL = """
            {"modelId":"fib","data":{"n":2}}""";
    private static final String PREDICT = "/v1/AI_model/predict";
    private static final int MAX_BYTES = 1 << 20;

    @RegisterExtension
    static final LiveRouter router =
            LiveRouter.with("http.max-body-bytes", Integer.toString(MAX_BYTES), "models.max-bytes", "3000000");

    private static void serve() {
        serve(Scripts.echoes());
    }

    private static FakeWorker serve(FakeWorker.Script script) {
        FakeWorker worker = router.worker(script);
        Awaitility.await().ignoreExceptions().untilAsserted(() -> router.serve(worker));
        router.awaitState(worker, "READY");
        return worker;
    }

    private static Answer send(String method, String path, Packed packed, byte[] body) {
        return router.send(method, path, BodyPublishers.ofByteArray(body), "Content-Encoding", packed.header());
    }

    private static byte[] call(int spaces) {
        return """
                {"modelId":"fib","data":{"n":2%s}}""".formatted(" ".repeat(spaces)).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void areCalls(Packed packed) {
        serve();

        Answer answer = send("POST", PREDICT, packed, packed.pack(call(100_000)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"n\":2 ").hasSize(100_007);
    }

    @Test
    void ofGzipWithoutAWordOfItAreToldWhatIsMissing() {
        serve();
        byte[] body = Packed.GZIP.pack(call(0));

        for (String path :
                List.of(PREDICT, "/v1/AI_model/fib/predict", "/v2/models/fib/infer", "/v1/model_workers_map")) {
            Answer answer = router.send(path.endsWith("map") ? "PUT" : "POST", path, BodyPublishers.ofByteArray(body));
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.body())
                    .as(path)
                    .contains("the body begins as gzip does, and no Content-Encoding says so: send it with"
                            + " Content-Encoding: gzip, or as it is");
        }
    }

    @ParameterizedTest
    @EnumSource
    void arePassedOnAsWhatIsInThem(Packed packed) {
        FakeWorker worker = serve(PathPredictTest::measure).leavesBodies();
        byte[] body = """
                {"n":2%s}""".formatted(" ".repeat(500_000)).getBytes(StandardCharsets.UTF_8);

        Answer answer = send("POST", "/v1/AI_model/fib/predict", packed, packed.pack(body));

        assertThat(answer.body()).isEqualTo(Integer.toString(body.length));
        assertThat(worker.last().headers()).doesNotContainKey("Content-Encoding");
    }

    @ParameterizedTest
    @EnumSource
    void areMaps(Packed packed) {
        FakeWorker worker = router.worker(Scripts.echoes());
        byte[] map = """
                {"AI":{"mapped":[%s]}}""".formatted(worker.entry()).getBytes(StandardCharsets.UTF_8);

        assertThat(send("PUT", "/v1/model_workers_map", packed, packed.pack(map))
                        .status())
                .isEqualTo(200);
        assertThat(router.map()).contains("\"mapped\"");
    }

    @ParameterizedTest
    @EnumSource
    void areModelFiles(Packed packed) {
        FakeHost.at(router).fetchesFrom(router).servesAlone(router);
        byte[] file = ("ONNX " + packed + "0".repeat(2_000_000)).getBytes(StandardCharsets.UTF_8);

        Answer answer = send("PUT", "/v1/models/packed/versions", packed, packed.pack(file));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().path("bytes").asLong()).isEqualTo(file.length);
    }

    @ParameterizedTest
    @EnumSource
    void areForms(Packed packed) {
        FakeHost.at(router).fetchesFrom(router).servesAlone(router);
        byte[] form =
                ("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.onnx\"\r\n\r\nONNX of a form "
                                + packed + "\r\n--b--\r\n")
                        .getBytes(StandardCharsets.UTF_8);

        Answer answer = router.send(
                "POST",
                "/v1/models/packed/versions",
                BodyPublishers.ofByteArray(packed.pack(form)),
                "Content-Encoding",
                packed.header(),
                "Content-Type",
                "multipart/form-data; boundary=b");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    /** A thousandth of what it inflates to: the router reads it no further than the bound. */
    @ParameterizedTest
    @EnumSource
    void areRefusedWhereWhatIsInThemIsTooLong(Packed packed) {
        serve();
        byte[] bomb = packed.pack(call(200 * MAX_BYTES));

        assertThat(send("POST", PREDICT, packed, bomb).status()).isEqualTo(413);
        assertThat(send("PUT", "/v1/models/packed/versions", packed, bomb).status())
                .isIn(413, 503);
        assertThat(router.predict().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void areRefusedAtOnceWhereTheyBreakOffOrAreNone(Packed packed) {
        serve();
        byte[] whole = packed.pack(call(0));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        for (byte[] broken : new byte[][] {half, "plain".repeat(20).getBytes(StandardCharsets.UTF_8)}) {
            Answer answer = send("POST", PREDICT, packed, broken);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.detail()).contains("the body is not what its Content-Encoding says, " + packed.header());
        }
    }

    @Test
    void thatAreNoneAreAnsweredOnAConnectionThatGoesOn() throws IOException {
        serve();
        String broken =
                "POST " + PREDICT + " HTTP/1.1\r\nHost: r\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain";
        String good = "POST " + PREDICT + " HTTP/1.1\r\nHost: r\r\nConnection: close\r\nContent-Length: "
                + CALL.length() + "\r\n\r\n" + CALL;

        try (RawClient client = RawClient.to(router.port())) {
            String answers = client.say(broken + good).readAll();

            assertThat(answers)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("HTTP/1.1 200 ")
                    .endsWith("""
                            {"n":2}""");
        }
    }

    @Test
    void ofOtherKindsAreRefusedAndTheCallerToldWhichAreTaken() {
        serve();

        for (String path : new String[] {PREDICT, "/v2/models/fib/infer", "/v1/models/fib/versions"}) {
            Answer answer = router.post(path, CALL, "Content-Encoding", "br");

            assertThat(answer.status()).as(path + answer.body()).isIn(415, 400);
            assertThat(answer.body()).contains("send gzip, deflate, or no compression");
            assertThat(answer.header("Accept-Encoding")).isEqualTo("gzip, deflate");
        }
    }
}
