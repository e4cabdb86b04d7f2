package dev.foretell.router.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How often a model's function failed at one worker of late, by its own errors. Thread-safe; nearly always empty. */
final class FunctionFaults {
    /** A worker is an outlier where its share of failures is over twice that of the others. */
    private static final int OUTLIER = 2;

    private final Duration length;
    private volatile @Nullable FailureWindow faults;

    FunctionFaults(Duration length) {
        this.length = length;
    }

    /** Failures, and all calls with them. */
    record Share(long failures, long calls) {
        static final Share NONE = new Share(0, 0);

        Share plus(Share other) {
            return new Share(failures + other.failures, calls + other.calls);
        }

        /** Whether the function fails far less often here. */
        boolean isFarBelow(Share other) {
            return failures * other.calls * OUTLIER <= other.failures * calls;
        }
    }

    void add(long nowNanos) {
        FailureWindow known = faults;
        (known == null ? begun() : known).add(true, nowNanos);
    }

    private synchronized FailureWindow begun() {
        FailureWindow known = faults;
        FailureWindow window = known == null ? new FailureWindow(length) : known;
        faults = window;
        return window;
    }

    /** @param answered calls that went otherwise */
    Share share(long answered, long nowNanos) {
        FailureWindow known = faults;
        long failed = known == null ? 0 : known.sum(nowNanos).failures();
        return new Share(failed, answered + failed);
    }
}
