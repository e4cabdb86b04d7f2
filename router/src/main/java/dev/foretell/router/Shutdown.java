package dev.foretell.router;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shuts the router down in the reverse order of its construction, one step at a time. A failed step does not stop the
 * next one.
 */
final class Shutdown {
    private final Deque<Supplier<Future<?>>> steps = new ArrayDeque<>();

    /** Adds the step that stops a part which has just been built. */
    synchronized void add(Supplier<Future<?>> step) {
        steps.push(step);
    }

    /** Runs each step once. */
    Future<?> run() {
        Supplier<Future<?>> step = next();
        return step == null
                ? Future.succeededFuture()
                : Future.succeededFuture().compose(v -> step.get().mapEmpty()).transform(done -> run().mapEmpty());
    }

    private synchronized @Nullable Supplier<Future<?>> next() {
        return steps.poll();
    }
}
