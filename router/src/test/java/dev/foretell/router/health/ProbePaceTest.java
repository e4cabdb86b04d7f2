package dev.foretell.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbePaceTest {
    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final ProbePace pace = new ProbePace(turns::add);
    private final List<Integer> begun = new ArrayList<>();

    @Test
    void oneProbeBeginsAtOnce() {
        pace.begin(() -> begun.add(1));

        assertThat(begun).containsExactly(1);
    }

    @Test
    void thousandsBeginInOrderAFewPerTurn() {
        IntStream.range(0, 5000).forEach(n -> pace.begin(() -> begun.add(n)));

        assertThat(begun).hasSize(ProbePace.PER_TURN);
        for (int before = begun.size(); !turns.isEmpty(); before = begun.size()) {
            turns.remove().run();
            assertThat(begun.size() - before).isLessThanOrEqualTo(ProbePace.PER_TURN);
            assertThat(turns).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(begun)
                .containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
    }

    @Test
    void aQuietTurnGivesTheNextOneItsFullShare() {
        pace.begin(() -> begun.add(1));
        turns.remove().run();
        assertThat(turns).isEmpty();

        IntStream.range(0, ProbePace.PER_TURN).forEach(n -> pace.begin(() -> begun.add(n)));

        assertThat(begun).hasSize(1 + ProbePace.PER_TURN);
    }
}
