package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrong below their bodies: cut short, far too long, malformed heads. */
class BadRequestsOnTheWireTest {
    private static final String PREDICT = "POST /v1/AI_model/predict";
    private static final String PUT = "PUT /v1/model_workers_map";
    private static final long TWICE_THE_MOST = 20 * 1024 * 1024;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private FakeWorker worker = FakeWorker.start(answers("2"));

    @BeforeEach
    void serveOneModel() {
        worker.close();
        worker = router.worker(answers("2"));
        router.serve(worker);
    }

    private static RawClient client() throws IOException {
        return RawClient.to(router.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {PREDICT, PUT})
    void aHundredAnnouncedMegabytesAreRefusedBeforeTheyAreRead(String request) throws IOException {
        try (RawClient client = client()) {
            client.say(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + TWICE_THE_MOST + "\r\n\r\n{");

            String answer = client.readUntil("retryable");

            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("connection: close")
                    .contains("PAYLOAD_TOO_LARGE");
        }
        assertThat(worker.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {PREDICT, PUT})
    void aCallerThatSendsTwiceTheMostBeforeItReadsGetsToReadTheRefusal(String request) throws IOException {
        try (RawClient client = client()) {
            client.say(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + TWICE_THE_MOST + "\r\n\r\n")
                    .pour(TWICE_THE_MOST, false);

            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("connection: close")
                    .contains("PAYLOAD_TOO_LARGE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PREDICT, PUT})
    void tooManyChunkedMegabytesAreRefusedBeforeTheyEnd(String request) throws IOException {
        try (RawClient client = client()) {
            client.say(request + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .pour(11 * 1024 * 1024, true);

            assertThat(client.readUntil("retryable"))
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("connection: close")
                    .contains("PAYLOAD_TOO_LARGE");
        }
        try (RawClient client = client()) {
            client.say(request + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .pour(TWICE_THE_MOST, true)
                    .say("0\r\n\r\n");

            assertThat(client.readAll()).startsWith("HTTP/1.1 413 ").contains("PAYLOAD_TOO_LARGE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PREDICT, PUT})
    void aBodyCutShortByItsSenderChangesNothing(String request) throws IOException {
        String before = router.map();

        try (RawClient client = client()) {
            client.say(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"modelId\":\"fib\"");
        }
        try (RawClient client = client()) {
            client.say(request + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"mod")
                    .endOutput();
            client.readAll();
        }

        assertThat(router.predict().status()).isEqualTo(200);
        assertThat(worker.calls()).isEqualTo(1);
        assertThat(router.map()).isEqualTo(before);
    }

    @Test
    void callersTooSlowForTheirOwnDeadlineAreNoFaultOfTheWorkers() throws IOException {
        FakeWorker other = router.worker(answers("2"));
        router.serve(worker, other);
        String body = """
                {"modelId":"fib","data":{"n":2}}""";

        for (int i = 0; i < 60; i++) {
            try (RawClient client = client()) {
                client.say(PREDICT + " HTTP/1.1\r\nHost: r\r\nX-Request-Timeout-Ms: 5\r\nContent-Length: "
                        + body.length() + "\r\n\r\n{");
                client.readUntil("retryable");
                client.readAll();
            }
        }

        assertThat(worker.calls() + other.calls()).isZero();
        assertThat(router.workersOfAi().path(worker.id()).path("state").asText())
                .isEqualTo("READY");
        assertThat(router.workersOfAi().path(other.id()).path("state").asText()).isEqualTo("READY");
    }

    @Test
    void whoWaitsForContinueIsToldToGoOn() throws IOException {
        try (RawClient client = client()) {
            String body = """
                    {"modelId":"fib","data":{"n":2}}""";
            client.say(PREDICT + " HTTP/1.1\r\nHost: r\r\nExpect: 100-continue\r\nContent-Length: " + body.length()
                    + "\r\n\r\n");

            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");

            client.say(body);
            assertThat(client.readUntil("\r\n\r\n2")).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PREDICT, PUT})
    void whoWaitsForContinueWithTooLongABodyIsNotTold(String request) throws IOException {
        try (RawClient client = client()) {
            client.say(request + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
                    + TWICE_THE_MOST + "\r\n\r\n");

            assertThat(client.readUntil("retryable")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aHeadThatIsTooLongIsRefused() throws IOException {
        try (RawClient client = client()) {
            client.say(PREDICT + " HTTP/1.1\r\nHost: r\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");
            assertThat(client.readAll()).matches("(?s)HTTP/1\\.[01] 431 .*HEADERS_TOO_LARGE.*");
        }
        try (RawClient client = client()) {
            client.say("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: r\r\n\r\n");
            assertThat(client.readAll()).matches("(?s)HTTP/1\\.[01] 414 .*URI_TOO_LONG.*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /livez HTTP/1.1\r\nno colon here\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: r\r\n\r\n",
                "POST /v2/models/%zz/infer HTTP/1.1\r\nHost: r\r\nContent-Length: 0\r\n\r\n",
                "GET /livez HTTP/1.1\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                PREDICT + " HTTP/1.1\r\nHost: r\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                PREDICT + " HTTP/1.1\r\nHost: r\r\nContent-Length: abc\r\n\r\n",
                PREDICT + " HTTP/1.1\r\nHost: r\r\nContent-Length: -5\r\n\r\n",
                PREDICT + " HTTP/1.1\r\nHost: r\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"
            })
    void whatIsNotHttpIsABadRequest(String request) throws IOException {
        try (RawClient client = client()) {
            client.say(request);

            assertThat(client.readAll())
                    .matches("(?s)HTTP/1\\.[01] 400 .*")
                    .containsIgnoringCase("connection: close")
                    .contains("INVALID_INPUT")
                    .doesNotContain("JSON");
        }
        assertThat(worker.calls()).isZero();
    }

    @Test
    void aCallerThatHangsUpEndsTheCallAtTheWorkerAndIsNotCounted() throws IOException {
        worker.predicts(Scripts.hangs());
        String body = """
                {"modelId":"hung-up","data":{"n":2}}""";
        try (RawClient client = client()) {
            client.say(PREDICT + " HTTP/1.1\r\nHost: r\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            Awaitility.await().until(() -> worker.calls() == 1);
        }

        Awaitility.await().until(() -> worker.hangUps() == 1);

        assertThat(router.get("/elb-healthcheck").json().path("requests").has("hung-up"))
                .isFalse();
        Awaitility.await()
                .until(() ->
                        router.workersOfAi().path(worker.id()).path("in_flight").asInt() == 0);
        assertThat(worker.calls()).isEqualTo(1);
    }
}
