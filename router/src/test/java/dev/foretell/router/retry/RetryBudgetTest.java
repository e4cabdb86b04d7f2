package dev.foretell.router.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {
    private final AtomicInteger underWay = new AtomicInteger();

    /** How many get a place while so many first attempts are in flight, each of them adding to the calls in flight. */
    private int places(RetryBudget budget, int firstAttempts) {
        int taken = 0;
        while (taken < 1000 && budget.take(underWay, firstAttempts + taken)) {
            taken++;
        }
        return taken;
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 3", "19, 3", "20, 4", "24, 4", "100, 20", "1000, 200"})
    void allowsAShareOfTheFirstAttemptsButAlwaysTheLeast(int firstAttempts, int places) {
        assertThat(places(new RetryBudget(0.2, 3), firstAttempts)).isEqualTo(places);
    }

    @Test
    void aPlaceThatIsGivenBackIsTakenAgain() {
        RetryBudget budget = new RetryBudget(0.2, 1);
        assertThat(budget.take(underWay, 0)).isTrue();
        assertThat(budget.take(underWay, 1)).isFalse();

        underWay.decrementAndGet();

        assertThat(budget.take(underWay, 0)).isTrue();
    }

    @Test
    void withoutShareAndLeastThereIsNone() {
        assertThat(places(new RetryBudget(0, 0), 1000)).isZero();
    }
}
