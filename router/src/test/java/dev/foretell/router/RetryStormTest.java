package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool that fails everything is not buried under retries. */
class RetryStormTest {
    private static final int HELD = 40;
    private static final int FAILING = 60;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "breaker.min-calls", "100000", "balance.policy", "round_robin", "deadline.by-default", "30s");

    private final HeldCalls held = new HeldCalls();
    private final HeldCalls retries = new HeldCalls();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @AfterEach
    void letAllGo() {
        held.letGo(1000);
        retries.letGo(1000);
    }

    /** Holds the first calls; fails the others, at once when it sees them first, and later if they are retried. */
    private void fails(Call call) throws IOException {
        if (call.body().contains("held")) {
            held.play(call);
        } else if (seen.add(call.body())) {
            call.answer(500, "x");
        } else {
            retries.play(call);
        }
    }

    private static List<CompletableFuture<Answer>> call(int calls, String what) {
        return IntStream.range(0, calls)
                .mapToObj(n -> router.predictAsync("""
                        {"%s":%s}""".formatted(what, n)))
                .toList();
    }

    private static JsonNode counts() {
        return router.get("/elb-healthcheck").json().path("models").path("AI/fib");
    }

    @Test
    void retriesAreAShareOfTheCallsInFlightAndTheRestFailsAsItsLastAttemptDid() {
        FakeWorker one = router.worker(this::fails);
        FakeWorker two = router.worker(this::fails);
        router.serve(one, two);
        router.awaitState(one, "READY");
        router.awaitState(two, "READY");

        List<CompletableFuture<Answer>> answered = call(HELD, "held");
        Awaitility.await().until(() -> held.here() == HELD);
        List<CompletableFuture<Answer>> failing = call(FAILING, "failing");
        Awaitility.await().until(() -> over(failing) == FAILING - retries.here());

        assertThat(retries.here()).isBetween(HELD / 5, (HELD + FAILING) / 5);
        assertThat(one.calls() + two.calls()).isLessThanOrEqualTo((HELD + FAILING) * 12 / 10 + 3);
        assertThat(failing).filteredOn(CompletableFuture::isDone).allSatisfy(call -> {
            assertThat(call.join().code()).isEqualTo("WORKER_FAILED");
            assertThat(call.join().header("X-Router-Retry")).isEqualTo("budget-exhausted");
        });
        assertThat(counts().path("retries_under_way").asInt()).isEqualTo(retries.here());
        assertThat(counts().path("retry_budget_exhausted").asInt()).isEqualTo(over(failing));

        letAllGo();
        assertThat(answered).allSatisfy(call -> assertThat(call.join().status()).isEqualTo(200));
        failing.forEach(CompletableFuture::join);
        assertThat(counts().path("retries_under_way").asInt()).isZero();
    }

    private static int over(List<CompletableFuture<Answer>> calls) {
        return (int) calls.stream().filter(CompletableFuture::isDone).count();
    }
}
