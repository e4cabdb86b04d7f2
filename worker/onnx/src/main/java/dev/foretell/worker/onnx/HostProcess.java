package dev.foretell.worker.onnx;

import dev.foretell.worker.onnx.shelf.ByteSize;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a process that is a host and nothing else. Over them it cannot be helped but by another process: it takes more
 * memory than it may, or its threads have all been in runs that do not end for half a minute. Thread-safe.
 */
public final class HostProcess implements AutoCloseable {
    /** What Java takes beside models and runs: its heap, its code, buffers and stacks. */
    private static final long JAVA = 1L << 30;

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final long bound;
    private final Supplier<OptionalLong> resident;
    private final Supplier<@Nullable String> stuck;
    private final LongSupplier nanoClock;
    private final Consumer<String> end;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "foretell-bounds");
        thread.setDaemon(true);
        return thread;
    });
    private boolean isStuck;
    private long stuckSince;

    HostProcess(
            long bound,
            Supplier<OptionalLong> resident,
            Supplier<@Nullable String> stuck,
            LongSupplier nanoClock,
            Consumer<String> end) {
        this.bound = bound;
        this.resident = resident;
        this.stuck = stuck;
        this.nanoClock = nanoClock;
        this.end = end;
    }

    /**
     * Bounds the memory of this process, and looks at it and at its host from now on.
     *
     * @param end is told why the process must end; it is to end it
     */
    public static HostProcess bound(HostConfig config, ModelHost host, Consumer<String> end) {
        long bound = bound(config, machine());
        ProcessMemory.bound(bound);
        HostProcess process = new HostProcess(bound, ProcessMemory::resident, host::obstacle, System::nanoTime, end);
        process.looks.scheduleWithFixedDelay(process::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return process;
    }

    /** What there is for models and runs beside Java. */
    static long room(HostConfig config) {
        return room(config, machine());
    }

    static long room(HostConfig config, long machine) {
        return Math.max(0, bound(config, machine) - JAVA);
    }

    /** While they are loaded, models take up to twice what they take then. Never more than nearly all that the machine has. */
    static long bound(HostConfig config, long machine) {
        long wanted = 2 * config.shelf().memoryBytes() + config.onnx().runMemoryBytes() + JAVA;
        return Math.min(wanted, machine / 20 * 19);
    }

    /** What the machine has, or the container. */
    private static long machine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
    }

    void look() {
        long taken = resident.get().orElse(0);
        if (taken > bound) {
            end.accept("this host takes " + ByteSize.format(taken) + " of memory, more than the "
                    + ByteSize.format(bound) + " that shelf.memory and onnx.run-memory make");
        }
        String why = stuck.get();
        long now = nanoClock.getAsLong();
        if (why == null || !isStuck) {
            stuckSince = now;
        }
        isStuck = why != null;
        if (isStuck && now - stuckSince >= PATIENCE.toNanos()) {
            end.accept(why + "; that has been so for " + PATIENCE.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
