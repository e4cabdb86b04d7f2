package dev.foretell.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadUseTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final ThreadUse BEFORE = new ThreadUse(3, 5, 1_000, 2_000);

    @Test
    void aFunctionThatWorkedIsAtFault() {
        assertThat(BEFORE.explain(new ThreadUse(3, 5, 1_000, 2_000 + SECOND), SECOND))
                .isEqualTo(Stall.AT_FAULT);
    }

    @Test
    void aFunctionThatParkedIsAtFault() {
        assertThat(BEFORE.explain(new ThreadUse(3, 6, 1_000, 2_000), SECOND)).isEqualTo(Stall.AT_FAULT);
    }

    @Test
    void workIsAtFaultThoughGarbageWasCollectedMeanwhile() {
        assertThat(BEFORE.explain(new ThreadUse(4, 5, 1_000, 2_000 + SECOND), SECOND))
                .isEqualTo(Stall.AT_FAULT);
    }

    @Test
    void aThreadThatDidNotRunForAnotherReasonProvesNothing() {
        assertThat(BEFORE.explain(BEFORE, SECOND)).isEqualTo(Stall.UNCLEAR);
    }

    @Test
    void aThreadThatHadNoCoreIsExcused() {
        assertThat(BEFORE.explain(new ThreadUse(3, 5, 1_000 + SECOND, 2_000), SECOND))
                .isEqualTo(Stall.EXCUSED);
    }

    @Test
    void aCallThatWasNotSlowItselfIsExcused() {
        assertThat(BEFORE.explain(BEFORE, Stall.MIN_NANOS - 1)).isEqualTo(Stall.EXCUSED);
    }

    @Test
    void aCollectionExcuses() {
        assertThat(BEFORE.explain(new ThreadUse(4, 5, 1_000, 2_000), SECOND)).isEqualTo(Stall.EXCUSED);
    }
}
