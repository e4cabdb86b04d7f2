package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that answer nothing for a while, be it that they are frozen or that they compute. */
@OnEveryTransport
class FrozenWorkerTest {
    private static final String LONG = "60000";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "balance.policy",
            "round_robin",
            "health.interval",
            "100ms",
            "health.timeout",
            "500ms",
            "health.failures",
            "2");

    /** Answers nothing, calls and probes, until it is thawed. */
    private static FakeWorker.Script frozen(CountDownLatch thaw, String body) {
        return call -> {
            await(thaw);
            call.answer(200, body);
        };
    }

    private static void await(CountDownLatch thaw) throws IOException {
        try {
            thaw.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void learn(int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(router.predict().status()).isEqualTo(200);
        }
    }

    private static List<CompletableFuture<Answer>> call(int calls) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            answers.add(router.predictAsync("{}", "X-Request-Timeout-Ms", LONG));
        }
        return answers;
    }

    private static void assertAllAnswered(List<CompletableFuture<Answer>> calls, String body) {
        calls.forEach(call -> assertThat(call.join().body()).isEqualTo(body));
    }

    private static Instant since(FakeWorker worker) {
        return Instant.parse(
                router.workersOfAi().path(worker.id()).path("since").asText());
    }

    private static String state(FakeWorker worker) {
        return router.workersOfAi().path(worker.id()).path("state").asText();
    }

    @Test
    void callsAtAFrozenWorkerAreAnsweredElsewhereAndItIsBackWithItsNextAnswer() {
        FakeWorker freezing = router.worker(answers("1"));
        FakeWorker healthy = router.worker(answers("2"));
        router.serve(freezing, healthy);
        router.awaitState(freezing, "READY");
        router.awaitState(healthy, "READY");
        learn(60);
        Instant ready = since(freezing);
        CountDownLatch thaw = new CountDownLatch(1);
        freezing.predicts(frozen(thaw, "1")).probed(frozen(thaw, FakeWorker.index("predict")));

        List<CompletableFuture<Answer>> calls = call(20);

        assertAllAnswered(calls, "2");
        assertThat(state(freezing)).isIn("SUSPECTED", "DOWN");
        Instant suspected = since(freezing);
        assertThat(suspected).isAfter(ready);
        assertThat(router.get("/metrics").body())
                .contains("foretell_suspicions_total{worker=\"" + freezing.id() + "\"} 1.0");
        int before = freezing.calls();
        learn(20);
        assertThat(freezing.calls()).isEqualTo(before);

        thaw.countDown();
        freezing.probedWell();
        router.awaitState(freezing, "READY");
        assertThat(since(freezing)).isAfter(suspected).isEqualTo(since(freezing));
        freezing.predicts(answers("1"));
        learn(20);
        assertThat(freezing.calls()).isGreaterThan(before);
    }

    @Test
    void aFunctionThatIsSlowByItsOwnHistoryIsNotSuspected() {
        FakeWorker slow = router.worker(Scripts.slow(30, "1"));
        router.serve(slow);
        router.awaitState(slow, "READY");
        learn(25);
        slow.predicts(Scripts.slow(150, "1"));

        learn(4);

        assertThat(router.get("/metrics").body())
                .contains("foretell_suspicions_total{worker=\"" + slow.id() + "\"} 0.0");
    }

    @Test
    void aPauseOfAMomentCostsAFewCopiesAndNoCall() {
        FakeWorker pausing = router.worker(answers("1"));
        FakeWorker other = router.worker(answers("2"));
        router.serve(pausing, other);
        router.awaitState(pausing, "READY");
        router.awaitState(other, "READY");
        learn(60);
        double copies = silenceHedges();
        pausing.predicts(Scripts.slow(300, "1"));

        List<CompletableFuture<Answer>> calls = call(20);

        assertThat(calls).allSatisfy(call -> assertThat(call.join().status()).isEqualTo(200));
        assertThat(silenceHedges() - copies)
                .isBetween(0.0, 20.0); // one for each call that waits, wherever chance has sent it
        pausing.predicts(answers("1"));
        router.awaitState(pausing, "READY");
        learn(4);
        assertThat(router.workersOfAi().path(pausing.id()).path("failures").asInt())
                .isZero();
    }

    private static double silenceHedges() {
        return router.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("foretell_copies_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void anAttentiveWorkerThatLeavesProbesUnansweredIsFrozenThoughItHasHardlyAnsweredYet() {
        String attentive = """
                {"functions":{"predict":{"path":"/predict"}},"attentive":true}""";
        CountDownLatch thaw = new CountDownLatch(1);
        FakeWorker freezing = router.worker(answers("1")).says(attentive);
        FakeWorker other = router.worker(answers("2")).says(attentive);
        router.serve(freezing, other);
        router.awaitState(freezing, "READY");
        router.awaitState(other, "READY");
        freezing.predicts(frozen(thaw, "1")).probed(frozen(thaw, attentive));

        assertAllAnswered(call(4), "2");

        thaw.countDown();
        freezing.probedWell();
        router.awaitState(freezing, "READY");
    }

    @Test
    void aFrozenWorkerWhoseModelHardlyAnybodyHasAnsweredDoesNotHoldItsCallsToTheirDeadline() {
        CountDownLatch thaw = new CountDownLatch(1);
        FakeWorker freezing = router.worker(frozen(thaw, "1"));
        FakeWorker other = router.worker(answers("2"));
        router.serve(freezing);
        router.awaitState(freezing, "READY");
        freezing.probed(frozen(thaw, FakeWorker.index("predict")));

        CompletableFuture<Answer> call = router.predictAsync("{}", "X-Request-Timeout-Ms", LONG);
        router.awaitState(freezing, "SUSPECTED");
        router.serve(freezing, other);
        router.awaitState(other, "READY");
        learn(4);

        assertThat(call.join().body()).isEqualTo("2");
        thaw.countDown();
        freezing.probedWell();
    }

    @Test
    void aWorkerThatTakesOneCallAtATimeKeepsItWhileItsProbesAreLate() {
        CountDownLatch done = new CountDownLatch(1);
        FakeWorker busy = router.worker(frozen(done, "1"));
        FakeWorker other = router.worker(answers("2"));
        router.serve(busy);
        router.awaitState(busy, "READY");
        busy.probed(frozen(done, FakeWorker.index("predict")));

        CompletableFuture<Answer> call = router.predictAsync("{}", "X-Request-Timeout-Ms", LONG);
        router.awaitState(busy, "SUSPECTED");
        router.serve(busy, other);
        router.awaitState(other, "READY");
        int probes = busy.probes();
        Awaitility.await().until(() -> busy.probes() > probes + 4);

        assertThat(call).isNotDone();
        learn(4);
        assertThat(busy.calls()).isEqualTo(1);
        assertThat(other.calls()).isEqualTo(4);

        busy.probedWell();
        done.countDown();
        assertThat(call.join().body()).isEqualTo("1");
        router.awaitState(busy, "READY");
    }

    @Test
    void aWorkerThatComputesIsTheOnlyOneAndCallsWaitForIt() {
        CountDownLatch done = new CountDownLatch(1);
        FakeWorker busy = router.worker(frozen(done, "1"));
        router.serve(busy);
        router.awaitState(busy, "READY");
        busy.probed(frozen(done, FakeWorker.index("predict")));

        List<CompletableFuture<Answer>> calls = call(1);
        router.awaitState(busy, "SUSPECTED");
        calls.addAll(call(2));
        Awaitility.await().until(() -> busy.calls() == 3);

        done.countDown();
        assertAllAnswered(calls, "1");
    }

    @Test
    void whereAllAreFrozenCallsWaitAndNobodyIsCalledTwice() {
        FakeWorker one = router.worker(answers("1"));
        FakeWorker two = router.worker(answers("1"));
        router.serve(one, two);
        router.awaitState(one, "READY");
        router.awaitState(two, "READY");
        learn(60);
        CountDownLatch thaw = new CountDownLatch(1);
        one.predicts(frozen(thaw, "1"));
        two.predicts(frozen(thaw, "1"));
        int before = one.calls() + two.calls();

        List<CompletableFuture<Answer>> calls = call(6);
        router.awaitState(one, "SUSPECTED");
        router.awaitState(two, "SUSPECTED");

        assertThat(calls).noneMatch(CompletableFuture::isDone);
        assertThat(one.calls() + two.calls() - before).isBetween(6, 12);
        thaw.countDown();
        assertAllAnswered(calls, "1");
    }
}
