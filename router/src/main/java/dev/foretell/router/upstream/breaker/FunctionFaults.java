package dev.foretell.router.upstream.breaker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts the recent failures of a model's function at one worker. Thread-safe; nearly always empty. */
public final class FunctionFaults {
    /** A worker is an outlier if its share of failures is over twice that of the others. */
    private static final int OUTLIER = 2;

    private final Duration length;
    private volatile @Nullable FailureWindow faults;

    public FunctionFaults(Duration length) {
        this.length = length;
    }

    /** Failures, and all calls including them. */
    public record Share(long failures, long calls) {
        public static final Share NONE = new Share(0, 0);

        public Share plus(Share other) {
            return new Share(failures + other.failures, calls + other.calls);
        }

        /** Whether the function fails far less often here. */
        public boolean isFarBelow(Share other) {
            return failures * other.calls * OUTLIER <= other.failures * calls;
        }
    }

    public void add(long nowNanos) {
        FailureWindow known = faults;
        (known == null ? window() : known).add(true, nowNanos);
    }

    private synchronized FailureWindow window() {
        FailureWindow known = faults;
        FailureWindow window = known == null ? new FailureWindow(length) : known;
        faults = window;
        return window;
    }

    /** @param answered the calls without such a failure */
    public Share share(long answered, long nowNanos) {
        FailureWindow known = faults;
        long failed = known == null ? 0 : known.sum(nowNanos).failures();
        return new Share(failed, answered + failed);
    }
}
