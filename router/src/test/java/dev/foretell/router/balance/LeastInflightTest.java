package dev.foretell.router.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeastInflightTest {
    @Test
    void picksTheOneWithTheFewestCallsForItsWeightWhereverItStarts() {
        Candidates<Fixed> candidates = new Candidates<>(
                List.of(new Fixed(2, 0, 1, 0), new Fixed(5, 0, 3, 1), new Fixed(1, 0, 1, 2), new Fixed(4, 0, 10, 3)));

        assertThat(IntStream.range(0, 4).map(start -> new LeastInflight(bound -> start).choose(candidates, 0)))
                .containsOnly(3);
    }

    @Test
    void picksAnyAmongEquals() {
        assertThat(IntStream.range(0, 4).map(start -> new LeastInflight(bound -> start).choose(Fixed.alike(4), 0)))
                .containsExactly(0, 1, 2, 3);
    }
}
