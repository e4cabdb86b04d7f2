package dev.foretell.edge;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** How many callers' connections are open over all event loops, and how many may be. Thread-safe. */
public final class OpenConnections {
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

    /** For Redis, logs, model files and what else is opened after the start. */
    private static final long KEPT_FREE = 64;

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final EdgeMemory memory = EdgeMemory.ofThisProcess();

    OpenConnections(int most) {
        this.most = most;
    }

    /**
     * As many as the settings say, or fewer where this process may not open so many files: each call may need a connection to a
     * worker beside its caller's. Says so, once; a WARN where that is less than half.
     *
     * @param wanted {@code http.max-connections}
     */
    public static OpenConnections atMost(int wanted) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long files = system.getMaxFileDescriptorCount();
            int fitting = clamp(wanted, files, system.getOpenFileDescriptorCount());
            if (fitting < wanted) {
                LOG.atLevel(fitting < wanted / 2 ? Level.WARN : Level.INFO)
                        .log(
                                "http.max-connections is {}, lowered to {}: this process may open {} files (ulimit -n), and some are for workers",
                                wanted,
                                fitting,
                                files);
            }
            return new OpenConnections(fitting);
        }
        return new OpenConnections(wanted);
    }

    static int clamp(int wanted, long files, long openAlready) {
        return (int) Math.max(1, Math.min(wanted, (files - openAlready - KEPT_FREE) / 2));
    }

    /** Returns whether it may stay. */
    public boolean open() {
        return open.incrementAndGet() <= most;
    }

    /** To be called for each that was opened, whether it might stay or not. */
    public void close() {
        open.decrementAndGet();
    }

    /** What may be held for all of them. */
    public EdgeMemory memory() {
        return memory;
    }

    public boolean areNone() {
        return open.get() == 0;
    }
}
