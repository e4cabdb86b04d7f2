package dev.foretell.worker.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a function for many calls at once. Thread-safe. */
public interface Batching {
    /**
     * The outcome of one call.
     *
     * @param failure why it has no value; null if it has one
     */
    record Outcome(@Nullable Object value, @Nullable Exception failure) {
        public static Outcome of(@Nullable Object value) {
            return new Outcome(value, null);
        }

        public static Outcome ofFailure(Exception failure) {
            return new Outcome(null, failure);
        }
    }

    /** The maximum number of calls at once. */
    int max();

    /**
     * Runs the function on a thread that may block; a failure affects only its own call.
     *
     * @return one outcome per call, in order
     * @throws InterruptedException if all callers have left
     */
    List<Outcome> callAll(List<CallBody> calls) throws InterruptedException;
}
