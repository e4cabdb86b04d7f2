package dev.foretell.router;

import static dev.foretell.router.Scripts.LINES;
import static dev.foretell.router.Scripts.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.FakeWorker.Script;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams that stop without an end: broken off, and put down to whoever stopped. */
class StreamSilenceTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("deadline.stream-silence", "500ms");

    private static FakeWorker serve(Script script) {
        FakeWorker worker = router.worker(script);
        router.serve(worker);
        router.awaitState(worker, "READY");
        return worker;
    }

    private static RawClient ask() throws IOException {
        return RawClient.to(router.port())
                .say("POST /v1/AI_model/fib/predict HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    }

    private static JsonNode awaitEnd(FakeWorker worker) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() ->
                        worker.hangUps() == 1 && of(worker).path("in_flight").asInt() == 0);
        return of(worker);
    }

    private static JsonNode of(FakeWorker worker) {
        return router.workersOfAi().path(worker.id());
    }

    @Test
    void aWorkerThatFallsSilentHasFailed() throws Exception {
        FakeWorker worker = serve(call -> {
            call.write(LINES + chunk("1\n"));
            call.awaitHangUp();
            throw new IOException("hung up");
        });

        try (RawClient client = ask()) {
            assertThat(client.readAll()).contains("1\n").doesNotContain("0\r\n\r\n");
        }

        assertThat(awaitEnd(worker).path("failures").asInt()).isEqualTo(1);
    }

    @Test
    void aReaderThatStopsIsNoFailureOfTheWorkers() throws Exception {
        String line = chunk("x".repeat(0xFFFF) + "\n");
        FakeWorker worker = serve(call -> {
            call.write(LINES);
            while (true) {
                call.write(line);
            }
        });

        try (RawClient client = ask()) {
            client.readUntil("\r\n\r\n");

            assertThat(awaitEnd(worker).path("failures").asInt()).isZero();
        }
    }
}
