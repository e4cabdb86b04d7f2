package dev.foretell.router.admission;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Admits one call. Releasing it twice is harmless. Confined to one event loop. */
public final class Permit {
    /** For a call that was not admitted at once; there is nothing to release. */
    public static final Permit NONE = new Permit();

    private final AtomicInteger routerInFlight;
    private final @Nullable ModelLimiter limiter;
    private final long sinceNanos;
    private boolean released;

    /** The outcome of an admitted call, as far as it reveals the load of its workers. */
    public enum Outcome {
        ANSWERED,
        /** It failed because its workers have too much to do. */
        OVERLOADED,
        /** It failed for another reason. */
        IGNORED
    }

    private Permit() {
        this(new AtomicInteger(), null, 0);
        released = true;
    }

    Permit(AtomicInteger routerInFlight, @Nullable ModelLimiter limiter, long sinceNanos) {
        this.routerInFlight = routerInFlight;
        this.limiter = limiter;
        this.sinceNanos = sinceNanos;
    }

    /** Whether the call was not admitted. */
    public boolean isNone() {
        return this == NONE;
    }

    public void release(Outcome outcome) {
        if (!released) {
            released = true;
            routerInFlight.decrementAndGet();
            if (limiter != null) {
                limiter.release(sinceNanos, outcome);
            }
        }
    }
}
