package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Joined calls over real sockets: each caller gets what it would have got alone. */
class BatchTest {
    private static final int CALLERS = 40;

    @RegisterExtension
    static final LiveRouter router =
            LiveRouter.with("batch.models.AI/fib", "8", "batch.window", "20ms", "balance.policy", "round_robin");

    private final Queue<Call> batches = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void settle() {
        batches.clear();
    }

    private static String index(int max) {
        return "{\"functions\":{\"fib\":{\"path\":\"/fib\",\"batch\":{\"max\":" + max + "}}}}";
    }

    /** Takes a while, so that calls meet; answers each call with ten times its n, batches element by element. */
    private Script batching() {
        return call -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            if (!call.headers().containsKey("X-Foretell-Batch")) {
                one(call);
                return;
            }
            batches.add(call);
            List<String> answers = new ArrayList<>();
            json(call.body()).forEach(item -> answers.add(element(item.path("n").asInt())));
            call.answer(200, "[" + String.join(",", answers) + "]");
        };
    }

    private static void one(Call call) throws IOException {
        int n = json(call.body()).path("n").asInt();
        if (n == -1) {
            call.answer(422, "{\"error\":\"bad\"}");
        } else if (n < 0) {
            call.answer(500, "{\"error\":\"bad\"}", "X-Foretell-Error-Of", "function");
        } else {
            call.answer(200, Integer.toString(10 * n));
        }
    }

    private static String element(int n) {
        return n < 0
                ? "{\"status\":" + (n == -1 ? 422 : 500) + ",\"body\":{\"error\":\"bad\"}}"
                : "{\"status\":200,\"body\":" + 10 * n + "}";
    }

    private static JsonNode json(String text) {
        return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes these the model's workers, and waits until the router knows what they take. */
    private static void serve(FakeWorker... workers) {
        router.serve(workers);
        Stream.of(workers).forEach(worker -> router.awaitState(worker, "READY"));
    }

    private static List<CompletableFuture<Answer>> callAll(int bad) {
        return IntStream.range(0, CALLERS)
                .mapToObj(n -> router.predictAsync("{\"n\":" + (n == 20 && bad < 0 ? bad : n) + "}"))
                .toList();
    }

    private static void assertAnswered(List<CompletableFuture<Answer>> calls, int except) {
        for (int n = 0; n < calls.size(); n++) {
            if (n != except) {
                Answer answer = calls.get(n).orTimeout(10, TimeUnit.SECONDS).join();
                assertThat(answer.body()).isEqualTo(Integer.toString(10 * n));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("content-type")).isEqualTo("application/json");
            }
        }
    }

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
    void callsOfArgumentsAloneAreJoinedToo() {
        serve(router.worker(batching()).says(index(8)));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

        List<CompletableFuture<Answer>> calls = IntStream.range(0, CALLERS)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> router.post("/v1/AI_model/fib/predict", "{\"n\":" + n + "}"), callers))
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
        assertThat(worker.last().body()).isEqualTo("{\"n\":2}");
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
    void aCallThatBreaksInABatchIsTriedAloneElsewhere() {
        FakeWorker breaks = router.worker(batching()).says(index(8));
        FakeWorker mends = router.worker(call -> call.answer(200, "777", "Content-Type", "application/json"));
        mends.says("{\"functions\":{\"fib\":{\"path\":\"/fib\"}}}");
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
        CompletableFuture<Answer> hasty = CompletableFuture.supplyAsync(
                () -> router.predictBody("{\"modelId\":\"fib\",\"data\":{\"n\":1}}", "X-Request-Timeout-Ms", "150"));

        List<CompletableFuture<Answer>> calls = callAll(0);

        assertThat(hasty.join().code()).isEqualTo("DEADLINE_EXCEEDED");
        assertAnswered(calls, -1);
        assertThat(batches)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(Integer.parseInt(call.headers().get("X-Request-Timeout-Ms")))
                        .isGreaterThan(5000));
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

    @Test
    void inAMixedPoolTheWorkersThatTakeNoBatchesAreCalledSingly() {
        FakeWorker many = router.worker(batching()).says(index(8));
        Queue<Call> single = new ConcurrentLinkedQueue<>();
        FakeWorker one = router.worker(call -> {
            single.add(call);
            batching().play(call);
        });
        one.says("{\"functions\":{\"fib\":{\"path\":\"/fib\"}}}");
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
        router.replace("{\"AI\":{\"other\":[" + worker.entry() + "]}}");

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
