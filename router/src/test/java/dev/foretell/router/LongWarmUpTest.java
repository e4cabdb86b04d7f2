package dev.foretell.router;

import static dev.foretell.router.Scripts.hangs;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that does not answer its first sample. */
class LongWarmUpTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("warm-up.samples.AI/fib", """
            {"n": 5}""", "warm-up.timeout", "1s");

    @Test
    void aWarmUpThatTakesTooLongIsOver() {
        FakeWorker worker = router.worker(hangs());

        router.serve(worker);

        router.awaitState(worker, "READY");
        assertThat(worker.calls()).isEqualTo(1);
    }
}
