package dev.foretell.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunQueueDelayTest {
    private static final Path FILE = Path.of("/proc/thread-self/schedstat");

    @Test
    void tellsWhatTheKernelCountsForThisThread() throws IOException {
        assumeTrue(Files.exists(FILE));
        try (RunQueueDelay queue = RunQueueDelay.ofThisThread()) {
            for (int i = 0; i < 100; i++) {
                long before = waited();
                long told = queue.waitNanos();
                assertThat(told).isBetween(before, waited());
            }
        }
    }

    private static long waited() throws IOException {
        return Long.parseLong(Files.readString(FILE).split(" ")[1]);
    }

    @Test
    void isZeroWhereNothingCanBeRead() {
        RunQueueDelay queue = RunQueueDelay.ofThisThread();
        queue.close();

        assertThat(queue.waitNanos()).isZero();
    }
}
