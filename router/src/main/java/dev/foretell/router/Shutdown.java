package dev.foretell.router;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a router down in the opposite order of its building, one step at a time; a step that fails does not stop the next. */
final class Shutdown {
    private final Deque<Supplier<Future<?>>> steps = new ArrayDeque<>();

    /** Adds what stops a part that has just been built. */
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
