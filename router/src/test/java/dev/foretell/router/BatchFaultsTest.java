package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What breaks in a batch, and batches at workers that break. */
class BatchFaultsTest extends BatchFixture {
    @Test
    void theCallsOfABatchAtAFrozenWorkerAreAnsweredElsewhereEachOnce() {
        AtomicBoolean freezes = new AtomicBoolean();
        CountDownLatch thaw = new CountDownLatch(1);
        Script batching = batching();
        FakeWorker freezing = router.worker(call -> {
                    if (freezes.get()) {
                        await(thaw);
                    }
                    batching.play(call);
                })
                .says(index(8));
        FakeWorker other = router.worker(batching).says(index(8));
        serve(freezing, other);
        for (int i = 0; i < 60; i++) {
            assertThat(router.predict().status()).isEqualTo(200);
        }
        int before = freezing.calls();
        freezes.set(true);

        List<CompletableFuture<Answer>> calls = callAll(20);

        assertAnswered(calls, -1);
        assertThat(freezing.calls()).isGreaterThan(before);
        thaw.countDown();
        router.awaitState(freezing, "READY");
    }

    private static void await(CountDownLatch thaw) throws IOException {
        try {
            thaw.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aBatchThatFindsItsWorkerBusyIsRetriedWholeAtAnother() {
        FakeWorker busy =
                router.worker(Scripts.answers(503, "busy", "Retry-After", "30")).says(index(8));
        FakeWorker healthy = router.worker(batching()).says(index(8));
        serve(busy, healthy);

        for (int i = 0; i < 5; i++) {
            assertAnswered(callAll(0), -1);
        }

        assertThat(busy.calls()).isBetween(1, CALLERS);
        assertThat(batches).isNotEmpty();
    }

    @Test
    void aCallThatBreaksInABatchIsTriedAloneElsewhere() {
        FakeWorker breaks = router.worker(batching()).says(index(8));
        FakeWorker mends = router.worker(call -> call.answer(200, "777", "Content-Type", "application/json"));
        mends.says("""
                {"functions":{"fib":{"path":"/fib"}}}""");
        serve(breaks, mends);

        List<CompletableFuture<Answer>> calls = callAll(-2);

        assertThat(calls).allSatisfy(call -> assertThat(call.join().status()).isEqualTo(200));
        assertThat(calls.get(20).join().body()).isEqualTo("777");
    }

    @Test
    void aCallThatBreaksEverywhereFailsAlone() {
        Script batching = batching();
        Queue<Call> seen = new ConcurrentLinkedQueue<>();
        serve(router.worker(call -> {
                    seen.add(call);
                    batching.play(call);
                })
                .says(index(8)));

        List<CompletableFuture<Answer>> calls = callAll(-2);

        assertAnswered(calls, 20);
        assertThat(calls.get(20).join().code()).isEqualTo("FUNCTION_FAILED");
        assertThat(seen)
                .extracting(call -> call.headers().get("X-Request-Id"))
                .contains(calls.get(20).join().json().path("requestId").asText());
    }

    @Test
    void aWorkerThatBreaksEveryCallOfItsBatchesIsEjected() {
        FakeWorker breaks = router.worker(call -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                    int size = Integer.parseInt(call.headers().getOrDefault("X-Foretell-Batch", "0"));
                    String broken = String.join(",", Collections.nCopies(size, element(-2)));
                    call.answer(size == 0 ? 500 : 200, "[" + broken + "]");
                })
                .says(index(8));
        FakeWorker works = router.worker(batching()).says(index(8));
        serve(breaks, works);

        for (int round = 0; round < 6; round++) {
            assertAnswered(callAll(0), -1);
        }

        assertThat(router.workersOfAi().path(breaks.id()).path("ejected_from")).hasSize(1);
        assertThat(router.workersOfAi().path(works.id()).path("ejected_from")).isEmpty();
    }

    @Test
    void aBatchWhoseAnswerMakesNoSenseIsTakenApart() {
        FakeWorker worker = router.worker(call -> {
                    if (call.headers().containsKey("X-Foretell-Batch")) {
                        batches.add(call);
                        call.answer(batches.size() % 2 == 0 ? 200 : 500, "[1]");
                    } else {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                        one(call);
                    }
                })
                .says(index(8));
        serve(worker);

        assertAnswered(callAll(0), -1);

        assertThat(batches).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"200 | 7", "200 | [1]", "200 | []", "200 | ]", "404 | {}", "500 | {}"})
    void aWorkerThatAnswersNoBatchIsSentNoMore(int status, String nonsense) {
        FakeWorker worker = router.worker(call -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                    if (call.headers().containsKey("X-Foretell-Batch")) {
                        batches.add(call);
                        call.answer(status, nonsense);
                    } else {
                        one(call);
                    }
                })
                .says(index(8));
        serve(worker);
        while (batches.size() < 3) {
            assertAnswered(callAll(0), -1);
        }
        int before = batches.size();

        assertAnswered(callAll(0), -1);

        assertThat(batches).hasSize(before);
        assertThat(worker.calls()).isGreaterThanOrEqualTo(2 * CALLERS);
    }

    @Test
    void aBatchWhoseWorkerDiesIsAnsweredByAnother() {
        FakeWorker dies = router.worker(call -> {
            batches.add(call);
            call.awaitHangUp();
        });
        dies.says(index(8));
        FakeWorker lives = router.worker(batching()).says(index(8));
        serve(dies, lives);

        List<CompletableFuture<Answer>> calls = callAll(0);
        Awaitility.await()
                .until(() -> batches.stream()
                        .anyMatch(call -> call.socket().getLocalPort() == dies.port()
                                && call.headers().containsKey("X-Foretell-Batch")));
        dies.stop();

        assertAnswered(calls, -1);
    }
}
