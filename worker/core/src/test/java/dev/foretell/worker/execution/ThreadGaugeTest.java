package dev.foretell.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.execution.ThreadGauge.Stall;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadGaugeTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ThreadGauge gauge = new ThreadGauge();

    /** The first readings are dear. */
    @BeforeEach
    void read() {
        for (int i = 0; i < 10; i++) {
            stall(LoopRunner.SLOW_NANOS, () -> {});
        }
    }

    /** What is made of a call that did this and took so long. */
    private Stall stall(long wallNanos, Runnable call) {
        gauge.refresh();
        call.run();
        return gauge.explain(wallNanos);
    }

    @AfterEach
    void close() {
        gauge.close();
    }

    @Test
    void aFunctionThatWorkedIsAtFault() {
        assertThat(stall(SECOND, ThreadGaugeTest::work)).isEqualTo(Stall.AT_FAULT);
    }

    private static void work() {
        long start = cpuNanos();
        while (cpuNanos() - start < TimeUnit.MILLISECONDS.toNanos(2)) {
            Thread.onSpinWait();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void aFunctionThatParkedIsAtFault() {
        assertThat(stall(SECOND, () -> LockSupport.parkNanos(1000))).isEqualTo(Stall.AT_FAULT);
    }

    @Test
    void aThreadThatDidNotRunForAnotherReasonProvesNothing() {
        assertThat(stall(3600 * SECOND, () -> {})).isEqualTo(Stall.UNCLEAR);
    }

    @Test
    void aCallThatWasNotSlowItselfIsExcused() {
        assertThat(stall(LoopRunner.SLOW_NANOS - 1, () -> {})).isEqualTo(Stall.EXCUSED);
    }

    @Test
    void aCollectionExcuses() {
        System.gc(); // the first one is work for the thread that asks for it

        assertThat(stall(3600 * SECOND, System::gc)).isEqualTo(Stall.EXCUSED);
    }
}
