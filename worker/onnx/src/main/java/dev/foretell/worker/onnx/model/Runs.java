package dev.foretell.worker.onnx.model;

import java.util.concurrent.atomic.AtomicInteger;

/** How the models of one process run, and how many runs are under way there. Thread-safe. */
public final class Runs {
    /** What a run's outputs may have together, where nobody says otherwise. */
    public static final int MAX_OUTPUT_BYTES = 32 << 20;

    private final int threads;
    private final int maxOutputBytes;
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * @param threads for one run; 1 is best where calls run side by side
     * @param maxOutputBytes what the outputs of one run may have together; a run with more is refused
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

    /** Whether no run is under way but the one that asks: then what memory there is, is there for it. */
    boolean isAlone() {
        return underWay.get() == 1;
    }
}
