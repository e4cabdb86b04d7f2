package dev.foretell.worker.execution;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * User code to be run for one call.
 *
 * @param function whose calls take turns with those of others; empty for what needs no thread to speak of
 * @param request by which the call can be found in other logs
 */
public record Work(String function, @Nullable String request, Callable<?> code) {
    private static final int MAX_OF_REQUEST = 64;

    /** What only waits for a stage, which holds no thread. */
    public static Work ofStage(Callable<?> code) {
        return new Work("", null, code);
    }

    /** The same call, run otherwise. */
    public Work by(Callable<?> another) {
        return new Work(function, request, another);
    }

    /** As the log has it. */
    @Override
    public String toString() {
        return request == null
                ? "a call of '" + function + "'"
                : "call " + request.substring(0, Math.min(MAX_OF_REQUEST, request.length())) + " of '" + function + "'";
    }
}
