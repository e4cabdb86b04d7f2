package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.LiveRouter.Answer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calls that meet are joined, and each gets its own answer. */
class BatchTest extends BatchFixture {
    @Test
    void callsOfArgumentsAloneAreJoinedToo() {
        serve(router.worker(batching()).says(index(8)));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

        List<CompletableFuture<Answer>> calls = IntStream.range(0, CALLERS)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> router.post("/v1/AI_model/fib/predict", """
                                {"n":%s}""".formatted(n)), callers))
                .toList();

        assertAnswered(calls, -1);
        assertThat(batches).isNotEmpty();
        callers.shutdown();
    }

    @Test
    void joinsCallsThatMeetAndGivesEachItsAnswer() {
        FakeWorker worker = router.worker(batching()).says(index(8));
        serve(worker);

        assertAnswered(callAll(0), -1);

        assertThat(batches).isNotEmpty();
        assertThat(worker.calls()).isLessThan(CALLERS / 2);
        assertThat(batches).allSatisfy(call -> {
            assertThat(call.path()).isEqualTo("/fib");
            assertThat(json(call.body()))
                    .hasSize(Integer.parseInt(call.headers().get("X-Foretell-Batch")))
                    .hasSizeBetween(2, 8);
        });
    }

    @Test
    void sizesAreMeasuredForModelsThatHaveBatches() {
        FakeWorker worker = router.worker(batching()).says(index(8));
        router.replace("""
                {"AI":{"fib":[%s],"alone":[%s]}}""".formatted(worker.entry(), worker.entry()));
        router.awaitState(worker, "READY");

        assertAnswered(callAll(0), -1);
        assertThat(router.get("/metrics").body())
                .contains("# TYPE foretell_batch_size histogram", "foretell_inflight{model=\"AI/alone\"")
                .contains("foretell_batch_size_bucket{model=\"AI/fib\",version=\"\",le=\"8.0\"} ")
                .doesNotContain("foretell_batch_size_count{model=\"AI/alone\"");
    }

    @Test
    void neverJoinsMoreThanTheWorkerTakes() {
        FakeWorker worker = router.worker(batching()).says(index(3));
        serve(worker);

        assertAnswered(callAll(0), -1);

        assertThat(batches)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(json(call.body())).hasSizeBetween(2, 3));
    }

    @Test
    void aCallThatIsAloneGoesAlone() {
        FakeWorker worker = router.worker(batching()).says(index(8));
        serve(worker);

        assertThat(router.predict().body()).isEqualTo("20");
        assertThat(worker.last().headers()).doesNotContainKey("X-Foretell-Batch");
        assertThat(worker.last().body()).isEqualTo("""
                {"n":2}""");
    }

    @Test
    void aRefusedCallIsRefusedAlone() {
        serve(router.worker(batching()).says(index(8)));

        List<CompletableFuture<Answer>> calls = callAll(-1);

        assertAnswered(calls, 20);
        assertThat(calls.get(20).join().status()).isEqualTo(422);
        assertThat(calls.get(20).join().detail()).isEqualTo("bad");
        assertThat(batches).isNotEmpty();
    }

    @Test
    void batchesAndTheirCallsAreCounted() {
        serve(router.worker(batching()).says(index(8)));
        int batchesBefore = ofFib("batches");
        int callsBefore = ofFib("batched_calls");

        assertAnswered(callAll(0), -1);

        assertThat(ofFib("batches") - batchesBefore).isEqualTo(batches.size()).isPositive();
        assertThat(ofFib("batched_calls") - callsBefore)
                .isEqualTo(batches.stream()
                        .mapToInt(call -> json(call.body()).size())
                        .sum());
    }

    private static int ofFib(String count) {
        return router.get("/elb-healthcheck")
                .json()
                .path("models")
                .path("AI/fib")
                .path(count)
                .asInt();
    }

    @Test
    void aCallWhoseDeadlinePassesLeavesAlone() {
        FakeWorker worker = router.worker(call -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
                    batching().play(call);
                })
                .says(index(8));
        serve(worker);
        CompletableFuture<Answer> hasty =
                CompletableFuture.supplyAsync(() -> router.predictBody("""
                        {"modelId":"fib","data":{"n":1}}""", "X-Request-Timeout-Ms", "150"));

        List<CompletableFuture<Answer>> calls = callAll(0);

        assertThat(hasty.join().code()).isEqualTo("DEADLINE_EXCEEDED");
        assertAnswered(calls, -1);
        assertThat(batches)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(Integer.parseInt(call.headers().get("X-Request-Timeout-Ms")))
                        .isGreaterThan(5000));
    }

    @Test
    void inAMixedPoolTheWorkersThatTakeNoBatchesAreCalledSingly() {
        FakeWorker many = router.worker(batching()).says(index(8));
        Queue<Call> single = new ConcurrentLinkedQueue<>();
        FakeWorker one = router.worker(call -> {
            single.add(call);
            batching().play(call);
        });
        one.says("""
                {"functions":{"fib":{"path":"/fib"}}}""");
        serve(many, one);

        for (int round = 0; round < 5; round++) {
            assertAnswered(callAll(0), -1);
        }

        assertThat(batches).isNotEmpty();
        assertThat(single)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.headers()).doesNotContainKey("X-Foretell-Batch"));
    }

    @Test
    void whereNoWorkerTakesBatchesNothingIsJoined() {
        FakeWorker worker = router.worker(batching());
        serve(worker);

        assertAnswered(callAll(0), -1);

        assertThat(batches).isEmpty();
        assertThat(worker.calls()).isEqualTo(CALLERS);
    }

    @Test
    void aModelThatIsNotNamedIsUntouched() {
        FakeWorker worker = router.worker(answers("1")).says(index(8).replace("fib", "other"));
        router.replace("""
                {"AI":{"other":[%s]}}""".formatted(worker.entry()));

        List<CompletableFuture<Answer>> calls = callAll(0);

        assertThat(calls).allSatisfy(call -> assertThat(call.join().body()).isEqualTo("1"));
        assertThat(worker.calls()).isEqualTo(CALLERS);
    }

    @Test
    void everyCallIsCountedAtItsWorker() {
        FakeWorker worker = router.worker(batching()).says(index(8));
        serve(worker);
        int before = counted(worker);

        assertAnswered(callAll(0), -1);

        assertThat(counted(worker) - before).isEqualTo(CALLERS);
    }

    private static int counted(FakeWorker worker) {
        return router.get("/elb-healthcheck")
                .json()
                .path("requests")
                .findPath(worker.id())
                .asInt();
    }
}
