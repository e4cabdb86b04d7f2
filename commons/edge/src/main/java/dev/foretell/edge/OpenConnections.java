package dev.foretell.edge;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Counts the open connections of callers over all event loops, against a bound. Thread-safe. */
public final class OpenConnections {
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

    /** Reserved for Redis, logs, model files and everything else that opens after the start. */
    private static final long KEPT_FREE = 64;

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final EdgeMemory memory = EdgeMemory.ofThisProcess();

    OpenConnections(int most) {
        this.most = most;
    }

    /**
     * The bound from the settings, or less if this process may not open enough files: each call may need a second
     * connection, to a worker. Logs the difference once, as a WARN if the bound is less than half of the setting.
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
                                "http.max-connections is {}, lowered to {}: this process may open {} files"
                                        + " (ulimit -n), and connections"
                                        + " to workers need some of them",
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

    /** Counts a new connection; returns whether it may stay. */
    public boolean open() {
        return open.incrementAndGet() <= most;
    }

    /** Call it for each opened connection, even if it could not stay. */
    public void close() {
        open.decrementAndGet();
    }

    /** The memory bound of these connections. */
    public EdgeMemory memory() {
        return memory;
    }

    public boolean areNone() {
        return open.get() == 0;
    }
}
