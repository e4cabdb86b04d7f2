package dev.foretell.router.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the rings keep, by a clock that the test has. */
class HistoryTest {
    private static final long NOON = 1_764_417_600;
    private static final Durations DURATIONS = new Durations(new double[] {1, 10, 100});
    private static final long MAX_BYTES = 32 * 1024 * 1024;

    private final History history = new History(DURATIONS);

    private static Figures figures(int calls) {
        return new Figures(calls, 0, 0, 1, new int[] {0, calls, 0, 0});
    }

    private void record(long second, int calls) {
        history.record(second, figures(calls), Map.of("AI/fib", figures(calls)));
    }

    private List<@Nullable Double> calls(Span span, long second) {
        return history.view(span, "AI/fib", second).series().calls();
    }

    private static long measured(List<@Nullable Double> line) {
        return line.stream().filter(Objects::nonNull).count();
    }

    @ParameterizedTest
    @EnumSource
    void aSteadyRateIsTheSameInEverySpan(Span span) {
        for (int i = 0; i < 24 * 60 * 60; i++) {
            record(NOON + i, 7);
        }

        HistoryView view = history.view(span, null, NOON + 24 * 60 * 60 - 1);

        assertThat(view.stepSeconds()).isEqualTo(span.stepSeconds());
        assertThat(view.series().calls()).hasSize(span.steps()).containsOnly(7.0);
        assertThat(view.series().p50Millis()).containsOnly(5.5);
        assertThat(view.series().inFlight()).containsOnly(1.0);
        assertThat(view).isEqualTo(history.view(span, "AI/fib", NOON + 24 * 60 * 60 - 1));
    }

    @Test
    void aDayOfAllModelsTakesNoMoreThanItsBound() {
        Map<String, Figures> byModel = new HashMap<>();
        for (int i = 0; i < History.MAX_MODELS + 500; i++) {
            byModel.put("AI/model-with-a-name-" + i, figures(1));
        }
        com.sun.management.ThreadMXBean thread =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        history.record(NOON, figures(1), byModel);
        long created = thread.getCurrentThreadAllocatedBytes() - before;
        for (int i = 1; i <= 24 * 6; i++) {
            history.record(NOON + i * 600, figures(1), byModel);
        }
        long later = thread.getCurrentThreadAllocatedBytes() - before - created;

        assertThat(history.size()).isEqualTo(History.MAX_MODELS);
        assertThat(created).isBetween(MAX_BYTES / 2, MAX_BYTES);
        assertThat(later).isLessThan(MAX_BYTES / 8);
        assertThat(history.view(Span.DAY, "AI/model-with-a-name-1", NOON)
                        .series()
                        .calls())
                .hasSize(144);
    }

    @Test
    void aModelThatWasIdleForADayMakesRoom() {
        Map<String, Figures> full = new HashMap<>();
        for (int i = 0; i < History.MAX_MODELS; i++) {
            full.put("AI/" + i, figures(1));
        }
        history.record(NOON, figures(1), full);

        history.record(NOON + 1, figures(1), Map.of("AI/new", figures(1)));
        assertThat(history.names()).doesNotContain("AI/new");
        history.record(NOON + 25 * 60 * 60, figures(1), Map.of("AI/new", figures(1)));

        assertThat(history.names()).containsExactly("AI/new");
    }

    @Test
    void aClockThatJumpsAheadLeavesAGap() {
        record(NOON, 1);
        record(NOON + 30, 2);

        assertThat(calls(Span.MINUTE, NOON + 30))
                .contains(1.0, 2.0)
                .filteredOn(Objects::nonNull)
                .hasSize(2);

        record(NOON * 1000, 3);
        assertThat(measured(calls(Span.DAY, NOON * 1000))).isEqualTo(1);
        assertThat(measured(calls(Span.DAY, NOON))).isZero();
    }

    @Test
    void aClockThatJumpsBackTakesBackWhatLiesAhead() {
        for (int i = 0; i < 60; i++) {
            record(NOON + i, 1);
        }

        record(NOON + 20, 9);

        List<@Nullable Double> line = calls(Span.MINUTE, NOON + 20);
        assertThat(measured(line)).isEqualTo(21);
        assertThat(line.get(59)).isEqualTo(9.0);
        assertThat(line.get(58)).isEqualTo(1.0);
        assertThat(measured(calls(Span.MINUTE, NOON + 59))).isEqualTo(21);

        record(-5, 4);
        assertThat(calls(Span.MINUTE, -5).get(59)).isEqualTo(4.0);
        assertThat(measured(calls(Span.MINUTE, -5))).isEqualTo(1);
    }

    @Test
    void aLookThatComesLateIsOfAllItsSeconds() {
        record(NOON, 1);
        record(NOON + 2, 8);

        assertThat(calls(Span.MINUTE, NOON + 2).subList(57, 60)).containsExactly(1.0, 4.0, 4.0);
    }

    @Test
    void twoLooksWithinASecondAreAddedUp() {
        record(NOON, 1);
        record(NOON, 2);

        assertThat(calls(Span.MINUTE, NOON).get(59)).isEqualTo(3.0);
    }

    @Test
    void whoeverGotNoResponseHasNoPercentile() {
        record(NOON, 0);

        assertThat(history.view(Span.MINUTE, null, NOON).series().p99Millis()).containsOnlyNulls();
        assertThat(history.latestP99("AI/fib", NOON)).isNull();
        assertThat(history.view(Span.MINUTE, "AI/nosuch", NOON).series().calls())
                .containsOnlyNulls();
    }

    @Test
    void percentilesLieWithinTheirBuckets() {
        assertThat(DURATIONS.percentile(new int[] {100, 0, 0, 0}, 0.5)).isEqualTo(0.5f);
        assertThat(DURATIONS.percentile(new int[] {99, 0, 1, 0}, 0.99)).isEqualTo(1f);
        assertThat(DURATIONS.percentile(new int[] {0, 0, 0, 5}, 0.99)).isEqualTo(100f);
    }
}
