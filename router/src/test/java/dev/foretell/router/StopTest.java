package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A router that stops: it says so first, finishes what it has, and turns the rest away in words. */
class StopTest {
    private static final String HEAD = "Host: router\r\nContent-Length: 32\r\n\r\n";
    private static final String PREDICT = """
            POST /v1/AI_model/predict HTTP/1.1\r\n%s{"modelId":"fib","data":{"n":2}}""".formatted(HEAD);
    private static final String LIVE = "GET /livez HTTP/1.1\r\nHost: router\r\n\r\n";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("http.drain-delay", "60s", "http.drain", "10s");

    @BeforeEach
    void start() {
        router.stop();
        router.start();
    }

    @Test
    void drainingItIsNotReadyServesOnAndClosesEachConnectionWithItsAnswer() throws IOException {
        router.serve(router.worker(answers("2")));
        try (RawClient before = RawClient.to(router.port())) {
            before.say(PREDICT);
            assertThat(before.readUntil("\r\n\r\n2")).contains(" 200 ").doesNotContain("close");

            router.drain();

            assertThat(before.say(PREDICT).readAll())
                    .contains(" 200 ", "connection: close")
                    .endsWith("2");
        }
        try (RawClient fresh = RawClient.to(router.port())) {
            assertThat(fresh.say(LIVE).readAll()).contains(" 200 ", "connection: close");
        }
        assertThat(router.get("/readyz").status()).isEqualTo(503);
        assertThat(router.predictBody("{}").header("connection")).isEqualTo("close");
    }

    @Test
    void closingItFinishesWhatItHasAndTurnsTheRestAway() throws Exception {
        HeldCalls held = new HeldCalls();
        router.serve(router.worker(held));
        try (RawClient caller = RawClient.to(router.port());
                RawClient late = RawClient.to(router.port())) {
            late.say(LIVE).readUntil("}");
            caller.say(PREDICT);
            Awaitility.await().until(() -> held.here() == 1);

            CompletableFuture<Void> closed = router.close();

            assertThat(late.say(PREDICT).readAll())
                    .contains(" 503 ", "connection: close", "retry-after: 1", "\"code\":\"DRAINING\"");
            assertThat(router.predict().code()).isEqualTo("DRAINING");
            held.letGo(1);
            assertThat(caller.readAll()).contains(" 200 ", "connection: close").endsWith("""
                    {"n":2}""");
            closed.get(60, TimeUnit.SECONDS);
        }
    }
}
