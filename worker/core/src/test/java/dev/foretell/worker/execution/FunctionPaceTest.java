package dev.foretell.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FunctionPaceTest {
    private static final long MS = 1_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final FunctionPace pace = new FunctionPace("fib", clock::get);

    @Test
    void isProvenByAThousandFastCalls() {
        runApart(999, 1_000);
        assertThat(pace.isFast()).isFalse();

        runApart(1, 1_000);
        assertThat(pace.isFast()).isTrue();
    }

    @Test
    void isNeverProvenWhereOneCallInTenIsSlow() {
        for (int i = 0; i < 10_000; i++) {
            runApart(1, i % 10 == 0 ? MS : 1_000);
        }

        assertThat(pace.isFast()).isFalse();
    }

    @Test
    void leavesForTenMinutesAtTheFirstSlowCallAndForTwentyAtTheSecond() {
        runApart(1_000, 1_000);
        pace.recordStall(2 * MS, Stall.AT_FAULT);
        assertThat(fastAfter(Duration.ofMinutes(10).minusNanos(1))).isFalse();
        assertThat(fastAfter(Duration.ofNanos(1))).isTrue();

        pace.recordStall(2 * MS, Stall.AT_FAULT);
        assertThat(fastAfter(Duration.ofMinutes(20).minusNanos(1))).isFalse();
        assertThat(fastAfter(Duration.ofNanos(1))).isTrue();
    }

    @Test
    void leavesForAFewCallsWhereTheFaultIsNotClear() {
        runApart(1_000, 1_000);
        pace.recordStall(2 * MS, Stall.UNCLEAR);
        assertThat(pace.isFast()).isFalse();

        runApart(64, 1_000);
        assertThat(pace.isFast()).isTrue();
    }

    @Test
    void leavesForTenSecondsOnceThatHappensTooOften() {
        runApart(1_000, 1_000);
        for (int i = 0; i < 4; i++) {
            runApart(64, 1_000);
            pace.recordStall(2 * MS, Stall.UNCLEAR);
        }

        assertThat(fastAfter(Duration.ofSeconds(10).minusNanos(1))).isFalse();
        assertThat(fastAfter(Duration.ofNanos(1))).isTrue();
    }

    @Test
    void leavesAtOnceWhereOneStallIsLong() {
        runApart(1_000, 1_000);
        pace.recordStall(30 * MS, Stall.UNCLEAR);

        assertThat(fastAfter(Duration.ofSeconds(9))).isFalse();
    }

    @Test
    void staysWhereTheMachineIsToBlame() {
        runApart(1_000, 1_000);
        for (int i = 0; i < 100; i++) {
            pace.suspend();
            pace.recordStall(100 * MS, Stall.EXCUSED);
        }

        assertThat(pace.isFast()).isTrue();
    }

    @Test
    void neverComesBackWhereResultsComeLater() {
        runApart(1_000, 1_000);
        pace.bar();

        assertThat(fastAfter(Duration.ofDays(1))).isFalse();
    }

    private boolean fastAfter(Duration time) {
        clock.addAndGet(time.toNanos());
        runApart(1_000, 1_000);
        return pace.isFast();
    }

    private void runApart(int calls, long nanos) {
        for (int i = 0; i < calls; i++) {
            pace.recordOffLoop(nanos);
        }
    }
}
