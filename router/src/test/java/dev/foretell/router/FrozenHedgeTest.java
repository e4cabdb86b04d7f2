package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that may be hedged, at a frozen worker, where hedging has nothing for them. */
class FrozenHedgeTest {
    private static final int UNKNOWN = 60;
    private static final int KNOWN = 200;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "retry.hedge-models", "AI/fib",
            "retry.hedge-share", "0.000001",
            "deadline.by-default", "60s",
            "balance.policy", "round_robin");

    private void answersOfAFrozenWorkersCallsComeFromTheOther(int calls) {
        CountDownLatch thaw = new CountDownLatch(1);
        FakeWorker freezing = router.worker(answers("1"));
        FakeWorker other = router.worker(answers("2"));
        router.serve(freezing, other);
        router.awaitState(freezing, "READY");
        router.awaitState(other, "READY");
        for (int i = 0; i < calls; i++) {
            assertThat(router.predict().status()).isEqualTo(200);
        }
        freezing.predicts(call -> {
            await(thaw);
            call.answer(200, "1");
        });

        List<CompletableFuture<Answer>> answers =
                Stream.generate(router::predictAsync).limit(10).toList();

        answers.forEach(answer -> assertThat(answer.join().body()).isEqualTo("2"));
        thaw.countDown();
    }

    private static void await(CountDownLatch thaw) throws IOException {
        try {
            thaw.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void withoutTokensForASecondTheyHaveTheirCopy() {
        answersOfAFrozenWorkersCallsComeFromTheOther(KNOWN);
    }

    @Test
    void beforeItIsKnownWhatIsSlowTheyHaveTheirCopy() {
        answersOfAFrozenWorkersCallsComeFromTheOther(UNKNOWN);
    }
}
