package dev.foretell.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a machine does beside a test only adds to these readings. */
class ThreadGaugeTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ThreadGauge gauge = new ThreadGauge();

    @AfterEach
    void close() {
        gauge.close();
    }

    @Test
    void blamesAFunctionForItsWork() {
        assertThat(explain(ThreadGaugeTest::work)).isEqualTo(Stall.AT_FAULT);
    }

    @Test
    void blamesAFunctionForParking() {
        assertThat(explain(() -> LockSupport.parkNanos(1000))).isEqualTo(Stall.AT_FAULT);
    }

    @Test
    void countsCollections() {
        long before = gauge.read().collections();

        System.gc();

        assertThat(gauge.read().collections()).isGreaterThan(before);
    }

    private Stall explain(Runnable call) {
        gauge.refresh();
        call.run();
        return gauge.explain(SECOND);
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
}
