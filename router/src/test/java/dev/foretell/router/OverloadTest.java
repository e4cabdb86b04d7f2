package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three times as many callers as a slow worker and its queue have room for. */
class OverloadTest {
    private static final int LIMIT = 4;
    private static final int CALLERS = 3 * (LIMIT + 2 * LIMIT);
    private static final int ENOUGH = 150;

    @RegisterExtension
    static final LiveRouter router =
            LiveRouter.with("admission.limit", "fixed", "admission.max-concurrent", String.valueOf(LIMIT));

    private final AtomicInteger here = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger sumAtArrival = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    private void slowly(FakeWorker.Call call) throws IOException {
        int now = here.incrementAndGet();
        most.accumulateAndGet(now, Math::max);
        sumAtArrival.addAndGet(now);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        here.decrementAndGet();
        call.answer(200, "2");
    }

    @Test
    void theWorkerStaysBusyTheRestIsShedAndWhoGetsInIsAnsweredInTime() {
        FakeWorker worker = router.worker(this::slowly);
        router.serve(worker);
        router.awaitState(worker, "READY");

        Map<Integer, List<Answer>> answers = load().stream().collect(Collectors.groupingBy(Answer::status));

        assertThat(answers).containsOnlyKeys(200, 429);
        assertThat(answers.get(200)).hasSize(worker.calls());
        assertThat(answers.get(429)).allSatisfy(shed -> {
            assertThat(shed.code()).isIn("QUEUE_FULL", "SHED");
            assertThat(Integer.parseInt(shed.header("Retry-After"))).isBetween(1, 60);
        });
        assertThat(most.get()).isEqualTo(LIMIT);
        assertThat((double) sumAtArrival.get() / worker.calls())
                .as("calls at the worker when one more came, that one included")
                .isGreaterThan(LIMIT / 2.0);
        assertThat(worker.hangUps()).isZero();
        assertThat(router.load().inFlight()).isZero();
    }

    /** All callers call again and again until enough calls were answered. */
    private List<Answer> load() {
        ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        CompletableFuture<?>[] callers = IntStream.range(0, CALLERS)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> callUntilEnough(answers), caller -> new Thread(caller, "caller-" + i).start()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(callers).join();
        return List.copyOf(answers);
    }

    private void callUntilEnough(Collection<Answer> answers) {
        while (answered.get() < ENOUGH) {
            Answer answer = router.predict("X-Request-Timeout-Ms", "5000");
            answers.add(answer);
            if (answer.status() == 200) {
                answered.incrementAndGet();
            } else {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(40));
            }
        }
    }
}
