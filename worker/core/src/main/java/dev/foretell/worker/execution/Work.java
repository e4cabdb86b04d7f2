package dev.foretell.worker.execution;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * User code for one call.
 *
 * @param function the function, which takes turns with others; empty for code that needs hardly any thread time
 * @param request the request id in other logs
 */
public record Work(String function, @Nullable String request, Callable<?> code) {
    private static final int MAX_OF_REQUEST = 64;

    /** Work that only waits for a stage and holds no thread. */
    public static Work ofStage(Callable<?> code) {
        return new Work("", null, code);
    }

    /** The same call with other code. */
    public Work by(Callable<?> another) {
        return new Work(function, request, another);
    }

    /** The form in the log. */
    @Override
    public String toString() {
        return request == null
                ? "a call of '" + function + "'"
                : "call " + request.substring(0, Math.min(MAX_OF_REQUEST, request.length())) + " of '" + function + "'";
    }
}
