package dev.foretell.router;

import dev.foretell.router.routing.SharedState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;

/**
 * The thread that computes changes of shared state and applies them to pools and placements: thousands of models take
 * longer than an event loop may be blocked. The submitters bound the number of waiting changes. Thread-safe.
 */
final class StateThread implements SharedState.Work {
    private final WorkerExecutor thread;

    StateThread(Vertx vertx) {
        thread = vertx.createSharedWorkerExecutor("state", 1);
    }

    @Override
    public <T> Future<T> run(Callable<T> task) {
        return thread.executeBlocking(task, false);
    }
}
