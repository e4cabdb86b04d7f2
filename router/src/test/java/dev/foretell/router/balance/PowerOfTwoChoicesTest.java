package dev.foretell.router.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PowerOfTwoChoicesTest {
    private final Random random = new Random(42);
    private final Policy policy = new PowerOfTwoChoices(bound -> Math.floorMod(random.nextLong(), bound));

    private static Fixed candidate(int inFlight, double latencyMillis, int weight) {
        return new Fixed(inFlight, latencyMillis * 1e6, weight, 0);
    }

    private double shareOfFirst(Fixed... candidates) {
        Candidates<Fixed> all = new Candidates<>(List.of(candidates));
        int first = 0;
        for (int i = 0; i < 1000; i++) {
            first += policy.choose(all, 0) == 0 ? 1 : 0;
        }
        return first / 1000.0;
    }

    @Test
    void picksTheIdlerOfTwo() {
        assertThat(shareOfFirst(candidate(0, 10, 1), candidate(3, 10, 1))).isEqualTo(1);
        assertThat(shareOfFirst(candidate(3, 0, 1), candidate(0, 0, 1))).isZero();
    }

    @Test
    void picksTheFasterOfTwo() {
        assertThat(shareOfFirst(candidate(0, 10, 1), candidate(0, 40, 1))).isEqualTo(1);
        assertThat(shareOfFirst(candidate(1, 10, 1), candidate(0, 100, 1))).isEqualTo(1);
    }

    @Test
    void sharesBetweenTwoThatDifferByLessThanNoise() {
        assertThat(shareOfFirst(candidate(0, 0.1, 1), candidate(0, 0.3, 1))).isBetween(0.4, 0.6);
    }

    @Test
    void aHeavierOneTakesMoreAtTheSameLoad() {
        assertThat(shareOfFirst(candidate(3, 10, 4), candidate(1, 10, 1))).isEqualTo(1);
    }

    @Test
    void idleOnesGetTheirShareByWeight() {
        assertThat(shareOfFirst(candidate(0, 0, 1), candidate(0, 0, 3))).isBetween(0.15, 0.35);
        assertThat(shareOfFirst(candidate(0, 10, 99), candidate(0, 10, 100))).isBetween(0.4, 0.6);
    }

    @Test
    void theWorstOfManyIsNeverPicked() {
        assertThat(shareOfFirst(candidate(9, 90, 1), candidate(0, 10, 1), candidate(0, 10, 1), candidate(1, 9, 1)))
                .isZero();
    }
}
