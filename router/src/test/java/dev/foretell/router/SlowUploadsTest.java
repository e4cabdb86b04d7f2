package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A deadline that passes amid a long body is blamed on who was slow. */
class SlowUploadsTest {
    private static final int MEGABYTE = 1024 * 1024;
    private static final String HEAD = "POST /v1/AI_model/fib/predict HTTP/1.1\r\nHost: x\r\nContent-Length: ";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("deadline.by-default", "500ms", "deadline.longest", "500ms");

    private static FakeWorker serve(FakeWorker.Script script) {
        FakeWorker worker = router.worker(script).leavesBodies();
        router.serve(worker);
        router.awaitState(worker, "READY");
        return worker;
    }

    private static int failures(FakeWorker worker) {
        return router.workersOfAi().path(worker.id()).path("failures").asInt();
    }

    @Test
    void onTheCallerWhereTheWorkerHasTakenAllThatCame() throws IOException {
        FakeWorker worker = serve(PathPredictTest::measure);

        try (RawClient client = RawClient.to(router.port())) {
            client.say(HEAD + 64 * MEGABYTE + "\r\n\r\n").pour(2 * MEGABYTE, false);
            CompletableFuture<Void> trickle = CompletableFuture.runAsync(() -> client.trickle(" "));

            assertThat(client.readUntil("retryable"))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("the call's deadline passed before its body had arrived");
            trickle.join();
        }
        assertThat(worker.calls()).isEqualTo(1);
        assertThat(failures(worker)).isZero();
    }

    @Test
    void onTheWorkerWhereAllOfItWasSent() throws IOException {
        FakeWorker worker = serve(call -> {
            call.in().skipNBytes(2 * MEGABYTE);
            call.awaitHangUp();
        });

        try (RawClient client = RawClient.to(router.port())) {
            client.say(HEAD + 2 * MEGABYTE + "\r\n\r\n").pour(2 * MEGABYTE, false);

            assertThat(client.readUntil("retryable"))
                    .startsWith("HTTP/1.1 504 ")
                    .contains("DEADLINE_EXCEEDED");
        }
        assertThat(failures(worker)).isEqualTo(1);
    }
}
