package dev.foretell.worker.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a function for many calls at once. Thread-safe. */
public interface Batching {
    /**
     * What one call of many came to.
     *
     * @param failure why it has no value; null where it has one
     */
    record Outcome(@Nullable Object value, @Nullable Exception failure) {
        public static Outcome of(@Nullable Object value) {
            return new Outcome(value, null);
        }

        public static Outcome ofFailure(Exception failure) {
            return new Outcome(null, failure);
        }
    }

    /** Most calls at once. */
    int max();

    /**
     * Runs it, on a thread that may block; one call's failure is its own.
     *
     * @return as many outcomes as there are calls, in their order
     * @throws InterruptedException if all callers have gone
     */
    List<Outcome> callAll(List<CallBody> calls) throws InterruptedException;
}
