package dev.foretell.cli.child;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits on the main thread for asynchronous results. */
public final class Outcome {
    private Outcome() {}

    /** @throws Exception the failure of the future; {@link TimeoutException} if it takes too long */
    public static <T> T of(Future<T> future, Duration longest) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
