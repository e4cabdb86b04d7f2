package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls whose body is the arguments themselves: short ones like any other, long ones passed on as they come in. */
class PathPredictTest {
    private static final String URL = "/v1/AI_model/fib/predict";
    private static final int MEGABYTE = 1024 * 1024;
    private static final int MAX = 80 * MEGABYTE;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "http.max-stream-bytes", Integer.toString(MAX), "http.body-timeout", "2s", "balance.policy", "round_robin");

    private static ConditionFactory eventually() {
        return Awaitility.await().pollInterval(Duration.ofMillis(5));
    }

    private static FakeWorker serve(Script script) {
        FakeWorker worker = router.worker(script);
        router.serve(worker);
        router.awaitState(worker, "READY");
        return worker;
    }

    private static RawClient begin(String... headers) throws IOException {
        return RawClient.to(router.port())
                .say("POST " + URL + " HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n");
    }

    private static String length(long bytes) {
        return "Content-Length: " + bytes + "\r\n";
    }

    private static void awaitNothingInFlight(FakeWorker worker) {
        eventually()
                .until(() ->
                        router.workersOfAi().path(worker.id()).path("in_flight").asInt() == 0);
    }

    private static byte[] line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the router hung up");
            }
            line.append((char) b);
        }
        return line.toString().strip().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Reads a body as it is framed; how long it was. */
    private static long drain(Call call) throws IOException {
        String announced = call.headers().get("content-length");
        if (announced != null) {
            call.in().skipNBytes(Long.parseLong(announced));
            return Long.parseLong(announced);
        }
        long total = 0;
        long chunk = chunkLength(call);
        while (chunk > 0) {
            call.in().skipNBytes(chunk + 2);
            total += chunk;
            chunk = chunkLength(call);
        }
        line(call.in());
        return total;
    }

    private static long chunkLength(Call call) throws IOException {
        return Long.parseLong(new String(line(call.in()), java.nio.charset.StandardCharsets.US_ASCII), 16);
    }

    /** Answers how long the body was. */
    static void measure(Call call) throws IOException {
        call.answer(200, Long.toString(drain(call)));
    }

    @Test
    void aShortBodyIsACallLikeAnyOther() {
        FakeWorker bad = router.worker(Scripts.closesWithoutAWord());
        FakeWorker good = router.worker(answers("2"));
        router.serve(bad, good);
        router.awaitState(bad, "READY");
        router.awaitState(good, "READY");

        for (int i = 0; i < 4; i++) {
            assertThat(router.post(URL, """
                    { "n": 2 }""", "X-Priority", "high").body()).isEqualTo("2");
        }
        assertThat(good.last().body()).isEqualTo("""
                { "n": 2 }""");
        assertThat(good.last().headers()).containsEntry("Content-Type", "application/json");
        assertThat(bad.calls()).isPositive();
        assertThat(router.get("/elb-healthcheck")
                        .json()
                        .at("/requests/fib/" + good.id())
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void anyTypeIsPassedOnAsItIs() {
        FakeWorker worker = serve(answers("1"));

        router.post(URL, "a,b\n1,2", "Content-Type", "text/csv; header=present");

        assertThat(worker.last().body()).isEqualTo("a,b\n1,2");
        assertThat(worker.last().headers()).containsEntry("Content-Type", "text/csv; header=present");
        router.post(URL, "{}", "Content-Type", "application/json; charset=utf-8");
        assertThat(worker.last().headers()).containsEntry("Content-Type", "application/json");
    }

    @Test
    void saysWhatIsWrong() {
        serve(answers("1"));

        assertThat(router.post(URL, "{\"n\":").status()).isEqualTo(400);
        assertThat(router.post(URL, "1,2").status()).isEqualTo(400);
        assertThat(router.post(URL, "").status()).isEqualTo(400);
        assertThat(router.post("/v1/AI_model/a/b/predict", "1").status()).isEqualTo(404);
        assertThat(router.post("/v1/_model/fib/predict", "1").status()).isEqualTo(404);
        assertThat(router.post("/v1/NONE_model/fib/predict", "1").code()).isEqualTo("MODEL_NOT_FOUND");
        assertThat(router.post(URL, "1", "X-Request-Timeout-Ms", "soon").status())
                .isEqualTo(422);
        assertThat(router.get(URL).status()).isEqualTo(405);
        assertThat(router.get(URL).header("Allow")).isEqualTo("POST, PUT");
        assertThat(router.put(URL, "1").body()).isEqualTo("1");
    }

    @Test
    void theModelInTheUrlIsPercentDecoded() throws IOException {
        FakeWorker worker = serve(answers("1"));

        assertThat(router.post("/v1/AI_model/%66i%62/predict", "1").body()).isEqualTo("1");
        assertThat(worker.last().path()).isEqualTo("/predict");
        assertThat(router.post("/v1/AI_model/" + "m".repeat(129) + "/predict", "1")
                        .status())
                .isEqualTo(422);
        for (String malformed : List.of("%zz", "fib%", "fib%6", "%%66", "%-1")) {
            try (RawClient client = RawClient.to(router.port())) {
                client.say("POST /v1/AI_model/" + malformed + "/predict HTTP/1.1\r\nHost: x\r\n" + length(1) + "\r\n1");

                assertThat(client.readUntil("retryable"))
                        .as(malformed)
                        .contains("400 Bad Request", "INVALID_INPUT", "The request is not valid HTTP");
            }
        }
        assertThat(worker.calls()).isEqualTo(1);
    }

    @Test
    void modelsMayBeNamedLikeTypes() {
        FakeWorker worker = router.worker(answers("1"));
        router.replace("""
                {"AI":{"x_model":[%s]}}""".formatted(worker.entry()));

        assertThat(router.post("/v1/AI_model/x_model/predict", "1").body()).isEqualTo("1");
    }

    @Test
    void aLongBodyIsPassedOnWithItsLength() throws Exception {
        FakeWorker worker = serve(PathPredictTest::measure).leavesBodies();

        try (RawClient client = begin(length(64L * MEGABYTE), "Content-Type: application/octet-stream\r\n")) {
            client.pour(64L * MEGABYTE, false);

            assertThat(client.readUntil("\r\n\r\n67108864")).contains("200 OK");
            client.say("POST " + URL + " HTTP/1.1\r\nHost: x\r\n" + length(1) + "\r\n1");
            assertThat(client.readUntil("\r\n\r\n1")).contains("200 OK");
        }
        assertThat(worker.calls()).isEqualTo(2);
        awaitNothingInFlight(worker);
    }

    @Test
    void aBodyOfUnknownLengthIsPassedOnInChunks() throws Exception {
        FakeWorker worker = serve(PathPredictTest::measure).leavesBodies();

        try (RawClient client = begin("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n")) {
            client.readUntil("100 Continue\r\n\r\n");
            client.pour(2L * MEGABYTE, true).say("0\r\n\r\n");

            client.readUntil("\r\n\r\n2097152");
        }
        assertThat(worker.last().headers())
                .containsEntry("Transfer-Encoding", "chunked")
                .doesNotContainKey("Content-Length");
    }

    @Test
    void aShortBodyOfUnknownLengthIsSentWithItsLength() throws Exception {
        FakeWorker worker = serve(Scripts.echoes());

        try (RawClient client = begin("Transfer-Encoding: chunked\r\n")) {
            client.say("5\r\n{\"n\":\r\n4\r\n 10}\r\n0\r\n\r\n");

            client.readUntil("\r\n\r\n{\"n\": 10}");
        }
        assertThat(worker.last().headers()).containsEntry("Content-Length", "9").doesNotContainKey("Transfer-Encoding");
    }

    @Test
    void aLongBodyOfUnknownLengthGoesToWorkersOfHttp11Only() throws Exception {
        FakeWorker old = router.worker(answers("1")).probed(PathPredictTest::wellInHttp10);
        FakeWorker newer = router.worker(PathPredictTest::measure).leavesBodies();
        router.serve(old, newer);
        router.awaitState(old, "READY");
        router.awaitState(newer, "READY");

        for (int i = 0; i < 4; i++) {
            try (RawClient client = begin("Transfer-Encoding: chunked\r\n")) {
                client.pour(2L * MEGABYTE, true).say("0\r\n\r\n");
                client.readUntil("\r\n\r\n2097152");
            }
        }
        assertThat(old.calls()).isZero();
        assertThat(router.workersOfAi().path(old.id()).path("failures").asInt()).isZero();
    }

    @Test
    void whereNoWorkerTakesALongBodyOfUnknownLengthItsLengthIsAskedFor() throws Exception {
        FakeWorker old = router.worker(answers("1")).probed(PathPredictTest::wellInHttp10);
        router.serve(old);
        router.awaitState(old, "READY");

        try (RawClient client = begin("Transfer-Encoding: chunked\r\n")) {
            client.pour(2L * MEGABYTE, true).say("0\r\n\r\n");
            assertThat(client.readUntil("retryable")).contains("411 Length Required", "LENGTH_REQUIRED");
        }
        assertThat(old.calls()).isZero();
        assertThat(router.post(URL, "{}").body()).isEqualTo("1");
    }

    private static void wellInHttp10(Call call) throws IOException {
        String index = FakeWorker.index("predict");
        call.write("HTTP/1.0 200 OK\r\nContent-Length: " + index.length() + "\r\n\r\n" + index);
    }

    @Test
    void aCodingThatIsTheWorkersOwnMatterReachesIt() {
        FakeWorker worker = serve(answers("1"));

        router.post(URL, "x", "Content-Type", "text/csv", "Content-Encoding", "br");

        assertThat(worker.last().headers()).containsEntry("Content-Encoding", "br");
        assertThat(router.post(URL, "{}", "Content-Encoding", "br").status()).isEqualTo(415);
        assertThat(worker.calls()).isEqualTo(1);
    }

    @Test
    void aSlowWorkerHoldsTheCallerBack() throws Exception {
        CountDownLatch mayRead = new CountDownLatch(1);
        serve(call -> {
                    try {
                        mayRead.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    measure(call);
                })
                .leavesBodies();
        AtomicLong sent = new AtomicLong();

        try (RawClient client = begin(length(64L * MEGABYTE))) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, sent, 64));
            eventually().during(Duration.ofMillis(150)).until(sent::get, before -> before > 0 && before == sent.get());
            assertThat(sent.get()).isLessThan(32);
            mayRead.countDown();

            sending.join();
            client.readUntil("\r\n\r\n67108864");
        }
    }

    private static void send(RawClient client, AtomicLong sent, int megabytes) {
        try {
            for (int i = 0; i < megabytes; i++) {
                client.pour(MEGABYTE, false);
                sent.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        FakeWorker worker = serve(PathPredictTest::measure).leavesBodies();

        try (RawClient announced = begin(length(MAX + 1L))) {
            assertThat(announced.readUntil("\r\n\r\n")).contains("413");
        }
        assertThat(worker.calls()).isZero();
        try (RawClient unannounced = begin("Transfer-Encoding: chunked\r\n")) {
            assertThat(unannounced.pour(MAX + 0x10000L, true).readUntil("\r\n\r\n"))
                    .contains("413");
        }
        awaitNothingInFlight(worker);
    }

    @Test
    void isNotTriedAgainOnceItHasBegun() throws Exception {
        Script breaking = call -> {
            call.in().skipNBytes(1000);
            call.socket().close();
        };
        FakeWorker one = router.worker(breaking).leavesBodies();
        FakeWorker other = router.worker(breaking).leavesBodies();
        router.serve(one, other);
        router.awaitState(one, "READY");
        router.awaitState(other, "READY");

        Answer answer = router.send("POST", URL, BodyPublishers.ofByteArray(new byte[2 * MEGABYTE]));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo("WORKER_FAILED");
        assertThat(answer.json().path("retryable").asBoolean()).isTrue();
        assertThat(one.calls() + other.calls()).isEqualTo(1);
    }

    @Test
    void goesElsewhereFromAWorkerThatCannotBeReached() {
        FakeWorker gone = router.worker(PathPredictTest::measure).leavesBodies();
        FakeWorker good = router.worker(PathPredictTest::measure).leavesBodies();
        router.serve(gone, good);
        router.awaitState(gone, "READY");
        router.awaitState(good, "READY");
        gone.stop();

        for (int i = 0; i < 4; i++) {
            assertThat(router.send("POST", URL, BodyPublishers.ofByteArray(new byte[2 * MEGABYTE]))
                            .body())
                    .isEqualTo("2097152");
        }
    }

    @Test
    void passesOnThatTheWorkerWillNotHaveIt() throws Exception {
        FakeWorker worker = serve(call -> {
                    call.answer(413, """
                            {"error":"the body is larger than 10 bytes"}""");
                    drain(call);
                })
                .leavesBodies();

        try (RawClient client = begin(length(16L * MEGABYTE))) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, new AtomicLong(), 16));
            String answer = client.readUntil("}");
            assertThat(answer).contains("413", "the body is larger than 10 bytes", "connection: close");
            sending.exceptionally(closed -> null).join();
        }
        awaitNothingInFlight(worker);
    }

    @Test
    void aCallerThatStopsSendingIsNotWaitedFor() throws Exception {
        FakeWorker worker = serve(PathPredictTest::measure).leavesBodies();

        try (RawClient client = begin(length(2L * MEGABYTE)).pour(MEGABYTE, false)) {
            assertThat(client.readUntil("}")).contains("408", "connection: close", "did not arrive in time");
        }
        eventually().until(() -> worker.hangUps() == 1);
        awaitNothingInFlight(worker);
    }

    @Test
    void aCallerThatHangsUpEndsTheWorkersPart() throws Exception {
        FakeWorker worker = serve(PathPredictTest::measure).leavesBodies();

        try (RawClient client = begin(length(2L * MEGABYTE)).pour(MEGABYTE, false)) {
            eventually().until(() -> worker.calls() == 1);
        } catch (SocketException reset) {
            throw new AssertionError(reset);
        }

        eventually().until(() -> worker.hangUps() == 1);
        awaitNothingInFlight(worker);
        assertThat(router.workersOfAi().path(worker.id()).path("failures").asInt())
                .isZero();
    }
}
