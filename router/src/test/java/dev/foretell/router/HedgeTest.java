package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A slow call gets a second copy at another worker; whichever is slower is broken off. */
class HedgeTest {
    private static final int ENOUGH = 110;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "retry.hedge-models",
            "AI/fib",
            "retry.hedge-share",
            "1",
            "deadline.by-default",
            "20s",
            "balance.policy",
            "random");

    private static void serve(FakeWorker... workers) {
        router.serve(workers);
        Stream.of(workers).forEach(worker -> router.awaitState(worker, "READY"));
        for (int i = 0; i < ENOUGH; i++) {
            assertThat(router.predict().status()).isEqualTo(200);
        }
    }

    private static long count(String what) {
        return router.get("/elb-healthcheck")
                .json()
                .path("models")
                .path("AI/fib")
                .path(what)
                .asLong();
    }

    private static void assertIdleAndWithoutBlame(FakeWorker worker) {
        Awaitility.await().untilAsserted(() -> {
            JsonNode view = router.workersOfAi().path(worker.id());
            assertThat(view.path("in_flight").asInt()).isZero();
            assertThat(view.path("failures").asInt()).isZero();
            assertThat(view.path("state").asText()).isEqualTo("READY");
        });
    }

    @Test
    void theCopyWinsAndTheSlowOneIsBrokenOffWithoutBlame() {
        FakeWorker hanging = router.worker(answers("1"));
        FakeWorker fast = router.worker(answers("2"));
        serve(hanging, fast);
        hanging.predicts(Scripts.hangs());
        long won = count("hedges_won");
        int before = hanging.calls();
        int brokenOff = hanging.hangUps();

        for (int i = 0; i < 100 && hanging.calls() - before < 3; i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }

        int hung = hanging.calls() - before;
        assertThat(hung).isGreaterThanOrEqualTo(3);
        assertThat(count("hedges_won") - won).isPositive();
        Awaitility.await().until(() -> hanging.hangUps() - brokenOff == hung);
        assertIdleAndWithoutBlame(hanging);
        assertIdleAndWithoutBlame(fast);
    }

    @Test
    void theFirstWinsAndTheCopyIsBrokenOffWithoutBlame() {
        FakeWorker hanging = router.worker(answers("1"));
        FakeWorker slow = router.worker(answers("2"));
        serve(hanging, slow);
        hanging.predicts(Scripts.hangs());
        slow.predicts(Scripts.slow(400, "2"));
        long lost = count("hedges_lost");

        for (int i = 0; i < 20 && count("hedges_lost") == lost; i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }

        assertThat(count("hedges_lost")).isGreaterThan(lost);
        assertIdleAndWithoutBlame(hanging);
        assertIdleAndWithoutBlame(slow);
    }

    @Test
    void aCopyThatFailsLeavesTheFirstInTheRace() {
        FakeWorker failing = router.worker(answers("1"));
        FakeWorker slow = router.worker(answers("2"));
        serve(failing, slow);
        failing.predicts(answers(500, "x"));
        slow.predicts(Scripts.slow(400, "2"));

        for (int i = 0; i < 4; i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }
    }
}
