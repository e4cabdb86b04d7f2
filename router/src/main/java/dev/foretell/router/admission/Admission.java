package dev.foretell.router.admission;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the calls in flight in this router; what is over is shed at once. Thread-safe. */
public final class Admission {
    private final Config config;
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * How many calls may be in flight.
     *
     * @param maxInFlight over all models
     */
    public record Config(int maxInFlight) {
        public Config {
            if (maxInFlight < 1) {
                throw new IllegalArgumentException("max-in-flight must be at least 1");
            }
        }

        public static Config defaults() {
            return new Config(10_000);
        }
    }

    /** Leave to enter. Releasing it twice is harmless; confined to one event loop. */
    public final class Permit {
        private boolean released;

        private Permit() {}

        public void release() {
            if (!released) {
                released = true;
                inFlight.decrementAndGet();
            }
        }
    }

    public Admission(Config config) {
        this.config = config;
    }

    /** @throws ServingException {@link FailureKind#SHED} when too many calls are in flight */
    public Permit acquire() {
        if (inFlight.incrementAndGet() > config.maxInFlight()) {
            inFlight.decrementAndGet();
            throw new ServingException(
                    FailureKind.SHED, "the router has " + config.maxInFlight() + " calls in flight, its limit");
        }
        return new Permit();
    }

    public int inFlight() {
        return inFlight.get();
    }
}
