package dev.foretell.worker.onnx;

import dev.foretell.worker.onnx.shelf.ByteSize;
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
 * The bounds of a process that is only a host. If it exceeds its memory, or all its threads have been in runs that do
 * not end for half a minute, only a new process helps. Thread-safe.
 */
public final class HostProcess implements AutoCloseable {
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
     * Bounds the memory of this process, and watches it and its host from now on.
     *
     * @param end called with the reason why the process must end; it must end the process
     */
    public static HostProcess bound(HostConfig config, ModelHost host, Consumer<String> end) {
        long bound = HostMemory.bound(config);
        ProcessMemory.bound(bound);
        HostProcess process = new HostProcess(bound, ProcessMemory::resident, host::obstacle, System::nanoTime, end);
        process.looks.scheduleWithFixedDelay(process::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return process;
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
