package dev.foretell.worker.onnx.model;

import java.util.concurrent.atomic.AtomicInteger;

/** The settings of runs in one process, and the number of current runs. Thread-safe. */
public final class Runs {
    /** The default maximum size of a run's outputs. */
    public static final int MAX_OUTPUT_BYTES = 32 << 20;

    private final int threads;
    private final int maxOutputBytes;
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * @param threads threads of one run; 1 is best for concurrent calls
     * @param maxOutputBytes maximum size of a run's outputs; a run with more is refused
     */
    public Runs(int threads, int maxOutputBytes) {
        this.threads = threads;
        this.maxOutputBytes = maxOutputBytes;
    }

    public static Runs withThreads(int threads) {
        return new Runs(threads, MAX_OUTPUT_BYTES);
    }

    int threads() {
        return threads;
    }

    int maxOutputBytes() {
        return maxOutputBytes;
    }

    void begin() {
        underWay.incrementAndGet();
    }

    void end() {
        underWay.decrementAndGet();
    }

    /** Whether no other run is in progress, so that all free memory is available to this one. */
    boolean isAlone() {
        return underWay.get() == 1;
    }
}
