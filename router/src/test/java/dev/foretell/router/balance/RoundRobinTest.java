package dev.foretell.router.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundRobinTest {
    private static int[] picks(Policy policy, Candidates<?> candidates, int calls) {
        int[] picks = new int[candidates.size()];
        for (int i = 0; i < calls; i++) {
            picks[policy.choose(candidates, 0)]++;
        }
        return picks;
    }

    @Test
    void goesRoundInOrderWhereAllWeighTheSame() {
        Policy policy = new RoundRobin();

        assertThat(IntStream.range(0, 7).map(i -> policy.choose(Fixed.alike(3), i)))
                .containsExactly(0, 1, 2, 0, 1, 2, 0);
    }

    @Test
    void givesEachExactlyItsWeightInEveryRound() {
        Policy policy = new RoundRobin();

        for (int round = 0; round < 5; round++) {
            assertThat(picks(policy, Fixed.weighted(1, 2, 5), 8)).containsExactly(1, 2, 5);
        }
        assertThat(picks(new RoundRobin(), Fixed.weighted(1000, 1, 999), 2000)).containsExactly(1000, 1, 999);
    }

    @Test
    void spreadsTheTurnsOfAHeavyOne() {
        Policy policy = new RoundRobin();
        Candidates<Fixed> halves = Fixed.weighted(50, 50);
        int longest = 0;
        int run = 0;
        int last = -1;
        for (int i = 0; i < 100; i++) {
            int pick = policy.choose(halves, 0);
            run = pick == last ? run + 1 : 1;
            last = pick;
            longest = Math.max(longest, run);
        }

        assertThat(longest).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 3, Long.MAX_VALUE, Long.MIN_VALUE, -5, Integer.MAX_VALUE})
    void survivesTheOverflowOfItsCounter(long start) {
        assertThat(picks(new RoundRobin(start), Fixed.weighted(1, 3), 400)).satisfies(picks -> {
            assertThat(picks[0]).isBetween(98, 102);
            assertThat(picks[0] + picks[1]).isEqualTo(400);
        });
        for (int picks : picks(new RoundRobin(start), Fixed.alike(3), 30)) {
            assertThat(picks).isBetween(9, 11);
        }
    }
}
