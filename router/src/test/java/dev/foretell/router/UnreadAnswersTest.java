package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers that send requests and leave the answers where they are. */
@OnEveryTransport
class UnreadAnswersTest {
    private static final int AT_ONCE = 1000;
    private static final int SOCKETS_HOLD_BYTES = 32 * 1024 * 1024;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("http.idle-timeout", "1s");

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: r\r\n\r\n";
    }

    private static String predict(String data) {
        String body = """
                {"modelId":"fib","data":%s}""".formatted(data);
        return "POST /v1/AI_model/predict HTTP/1.1\r\nHost: r\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static FakeWorker serving(FakeWorker.Script script) {
        FakeWorker worker = router.worker(script);
        Awaitility.await().ignoreExceptions().untilAsserted(() -> router.serve(worker));
        return worker;
    }

    @Test
    void costTheOthersNothingAndEndTheirConnections() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        for (String path : List.of("/openapi.yaml", "/livez", "/metrics", "/nothing-here")) {
            RawClient client = RawClient.narrow(router.port());
            clients.add(client);
            closed.add(client.sayUntilClosed(get(path).repeat(AT_ONCE)));
        }

        for (int i = 0; i < 20; i++) {
            assertThat(router.get("/livez").status()).isEqualTo(200);
        }
        CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void ofPredictCallsStopFurtherOnesFromBeingMade() throws Exception {
        int bytes = 100_000;
        FakeWorker worker = serving(answers("\"" + "x".repeat(bytes) + "\""));
        try (RawClient client = RawClient.narrow(router.port())) {
            client.sayUntilClosed(predict("""
                    {"n":1}""").repeat(AT_ONCE)).get(60, TimeUnit.SECONDS);

            assertThat(worker.calls()).isBetween(1, SOCKETS_HOLD_BYTES / bytes);
        }
    }

    @Test
    void ofAStreamEndItsConnection() throws Exception {
        FakeWorker worker = serving(Scripts.endless());
        try (RawClient client = RawClient.narrow(router.port())) {
            client.sayUntilClosed(predict("""
                    {"n":1}""")).get(60, TimeUnit.SECONDS);

            assertThat(worker.calls()).isEqualTo(1);
            Awaitility.await().until(() -> worker.hangUps() == 1);
        }
    }

    @Test
    void areAllGivenInTurnToACallerThatReadsThemInTheEnd() throws IOException {
        serving(Scripts.echoes());
        StringBuilder requests = new StringBuilder();
        int pairs = 300;
        for (int i = 0; i < pairs; i++) {
            requests.append(predict("""
                    {"n":%s}""".formatted(i))).append(get("/livez"));
        }
        try (RawClient client = RawClient.to(router.port())) {
            client.say(requests.toString());

            for (int i = 0; i < pairs; i++) {
                assertThat(client.readUntil("""
                        {"n":%s}""".formatted(i))).contains("HTTP/1.1 200 ");
                assertThat(client.readUntil("live")).contains("HTTP/1.1 200 ");
            }
        }
    }
}
