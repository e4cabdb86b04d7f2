package dev.foretell.router.models.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficSplitTest {
    private static final TrafficSplit MOSTLY_ONE = new TrafficSplit("iris", Map.of(1, 95, 2, 5));

    @Test
    void splitsByWeight() {
        Random seeded = new Random(42);

        long second = IntStream.range(0, 2000)
                .filter(call -> MOSTLY_ONE.choose(null, seeded).equals("iris:2"))
                .count();

        assertThat(second).isBetween(70L, 130L);
    }

    @Test
    void splitsKeysByWeightAndKeepsThem() {
        long second = IntStream.range(0, 2000)
                .filter(key -> byKey(MOSTLY_ONE, key).equals("iris:2"))
                .count();

        assertThat(second).isBetween(70L, 130L);
        assertThat(byKey(MOSTLY_ONE, 7)).isEqualTo(byKey(new TrafficSplit("iris", Map.of(1, 95, 2, 5)), 7));
    }

    @Test
    void whenAWeightMovesByFivePercentSoDoTheKeysAndAllOneWay() {
        TrafficSplit more = new TrafficSplit("iris", Map.of(1, 90, 2, 10));

        int[] moved = IntStream.range(0, 2000)
                .filter(key -> !byKey(MOSTLY_ONE, key).equals(byKey(more, key)))
                .toArray();

        assertThat(moved).hasSizeBetween(60, 140);
        assertThat(IntStream.of(moved).mapToObj(key -> byKey(more, key))).containsOnly("iris:2");
    }

    @Test
    void aVersionThatComesTakesKeysFromTheOthersOnly() {
        TrafficSplit three = new TrafficSplit("iris", Map.of(1, 80, 2, 10, 3, 10));
        TrafficSplit two = new TrafficSplit("iris", Map.of(1, 90, 2, 10));

        assertThat(IntStream.range(0, 2000)
                        .filter(key -> !byKey(two, key).equals(byKey(three, key)))
                        .mapToObj(key -> byKey(three, key)))
                .hasSizeBetween(140, 300)
                .filteredOn(version -> !version.equals("iris:3"))
                .hasSizeLessThan(60);
    }

    @Test
    void versionsWithoutAWeightGetNothing() {
        assertThat(new TrafficSplit("iris", Map.of(1, 0, 2, 100)).choose(null, new Random(1)))
                .isEqualTo("iris:2");
        assertThat(new TrafficSplit("iris", Map.of(1, 0)).isEmpty()).isTrue();
        assertThat(new TrafficSplit("iris", Map.of()).isEmpty()).isTrue();
    }

    private static String byKey(TrafficSplit split, int key) {
        return split.choose("user-" + key, new Random(0));
    }
}
