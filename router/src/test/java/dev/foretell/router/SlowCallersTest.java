package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that open connections and are in no hurry with their requests. */
@OnEveryTransport
class SlowCallersTest {
    private static final String BODY = """
            {"modelId":"fib","data":{"n":2}}""";
    private static final String PREDICT =
            "POST /v1/AI_model/predict HTTP/1.1\r\nHost: r\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("http.head-timeout", "600ms", "http.body-timeout", "600ms");

    private FakeWorker worker = FakeWorker.start(answers("2"));

    @BeforeEach
    void serveOneModel() {
        worker.close();
        worker = router.worker(answers("2"));
        Awaitility.await().ignoreExceptions().untilAsserted(() -> router.serve(worker));
    }

    private static RawClient client() throws IOException {
        return RawClient.to(router.port());
    }

    @Test
    void aHeadThatTricklesInIsGivenUp() throws IOException {
        try (RawClient client = client()) {
            client.say("GET /livez HTTP/1.1\r\nHost: r\r\n");
            CompletableFuture<Void> trickle = CompletableFuture.runAsync(() -> client.trickle("X-More: of it\r\n"));

            assertLate(client.readUntil("retryable"));
            trickle.join();
        }
    }

    @Test
    void aHeadThatDoesNotGoOnIsGivenUp() throws IOException {
        try (RawClient client = client()) {
            client.say("POST /v1/AI_mo");

            assertLate(client.readAll());
        }
    }

    @Test
    void aLaterHeadIsBoundedToo() throws IOException {
        try (RawClient client = client()) {
            client.say(PREDICT);
            client.readUntil("\r\n\r\n2");
            client.say("POST ");

            assertLate(client.readAll());
        }
    }

    @Test
    void aHalfHeadBehindACallIsAnsweredAfterIt() throws IOException {
        worker.predicts(Scripts.slow(1500, "3"));
        try (RawClient client = client()) {
            client.say(PREDICT);
            Awaitility.await().until(() -> worker.calls() == 1);
            client.say("GET /livez HTTP/1.1\r\n");

            client.readUntil("\r\n\r\n3");
            assertLate(client.readAll());
        }
    }

    private static void assertLate(String answer) {
        assertThat(answer)
                .matches("(?s)HTTP/1\\.[01] 408 .*")
                .containsIgnoringCase("connection: close")
                .contains("REQUEST_TIMEOUT", "the head of the request did not arrive in time");
    }

    @Test
    void aConnectionThatSaysNothingIsClosedWithoutAWord() throws IOException {
        try (RawClient client = client()) {
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void aConnectionMayWaitBetweenCalls() throws IOException {
        try (RawClient client = client();
                RawClient silent = client()) {
            client.say(PREDICT);
            client.readUntil("\r\n\r\n2");
            silent.readAll();
            try (RawClient afterwards = client()) {
                afterwards.readAll();
            }
            client.say(PREDICT);

            assertThat(client.readUntil("\r\n\r\n2")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aSlowCallIsNotASlowHead() throws IOException {
        worker.predicts(Scripts.slow(1500, "3"));
        try (RawClient client = client()) {
            client.say(PREDICT);

            assertThat(client.readUntil("\r\n\r\n3")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aBodyThatDoesNotArriveIsGivenUp() throws IOException {
        try (RawClient put = client();
                RawClient predict = client()) {
            put.say("PUT /v1/model_workers_map HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
            predict.say(
                    "POST /v1/AI_model/predict HTTP/1.1\r\nHost: r\r\nX-Request-Timeout-Ms: 200\r\nContent-Length: 100\r\n\r\n{");

            assertBodyLate(put.readAll(), "the body did not arrive in time");
            assertBodyLate(predict.readAll(), "the call's deadline passed before its body had arrived");
        }
        assertThat(worker.calls()).isZero();
    }

    private static void assertBodyLate(String answer, String why) {
        assertThat(answer)
                .startsWith("HTTP/1.1 408 ")
                .containsIgnoringCase("connection: close")
                .contains("REQUEST_TIMEOUT", why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/AI_model/predict",
                "PUT /v1/model_workers_map",
                "POST /v1/AI_model/fib/predict",
                "POST /v2/models/fib/infer",
            })
    void aBodyThatTricklesInIsGivenUp(String request) throws IOException {
        try (RawClient client = client()) {
            client.say(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
            CompletableFuture<Void> trickle = CompletableFuture.runAsync(() -> client.trickle(" "));

            assertThat(client.readUntil("the body did not arrive in time"))
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("connection: close");
            trickle.join();
        }
        assertThat(worker.calls()).isZero();
    }
}
