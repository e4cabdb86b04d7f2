package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A wait that runs out, under an adaptive limit that can only be one. */
class ModelWaitTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "admission.limit", "adaptive", "admission.max-concurrent", "1", "admission.max-wait", "100ms");

    @Test
    void aWaitThatRunsOutIsA429AndNoWorkerSeesTheCall() {
        HeldCalls held = new HeldCalls();
        FakeWorker worker = router.worker(held);
        router.serve(worker);
        router.awaitState(worker, "READY");
        CompletableFuture<Answer> first = router.predictAsync("0");
        Awaitility.await().until(() -> held.here() == 1);

        Answer shed = router.predict();
        held.letGo(1);

        assertThat(shed.status()).isEqualTo(429);
        assertThat(shed.code()).isEqualTo("SHED");
        assertThat(shed.header("Retry-After")).matches("[1-9]|[1-5][0-9]|60");
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(worker.calls()).isEqualTo(1);
        assertThat(router.load().tally().shed()).isEqualTo(1);
    }
}
