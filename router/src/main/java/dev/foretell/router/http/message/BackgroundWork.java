package dev.foretell.router.http.message;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs tasks that would block an event loop for too long, on two threads. The number of waiting tasks is bounded;
 * further ones are refused. Thread-safe.
 */
public final class BackgroundWork {
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 256;
    private static final int MAX_ANSWERS = 16;
    private static final int LONG_BODY = 256 * 1024;

    private final WorkerExecutor threads;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();

    public BackgroundWork(Vertx vertx) {
        threads = vertx.createSharedWorkerExecutor("heavy-work", THREADS, 60, TimeUnit.SECONDS);
    }

    /** Completes on the caller's event loop; fails with {@link FailureKind#SHED} if too many tasks wait. */
    public <T> Future<T> run(Callable<T> task) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(
                    new ServingException(FailureKind.SHED, "the router has too much administrative work"));
        }
        return threads.executeBlocking(task, false).andThen(done -> waiting.decrementAndGet());
    }

    /** The same for a task that is slow only for a long body: with a short body it runs at once. */
    public <T> Future<T> runIfLong(int bodyBytes, Callable<T> task) {
        return bodyBytes > LONG_BODY ? run(task) : here(task);
    }

    private static <T> Future<T> here(Callable<T> task) {
        try {
            return Future.succeededFuture(task.call());
        } catch (Throwable e) {
            return Future.failedFuture(e);
        }
    }

    /** Takes one of a few places for long responses until one is ready; fails with {@link FailureKind#SHED} if all are taken. */
    public <T> Future<T> answer(Supplier<Future<T>> response) {
        try {
            beginAnswer();
        } catch (ServingException e) {
            return Future.failedFuture(e);
        }
        return response.get().andThen(done -> endAnswer());
    }

    /** Takes one of a few places for long responses; {@link #endAnswer} must follow. */
    void beginAnswer() {
        if (answers.incrementAndGet() > MAX_ANSWERS) {
            answers.decrementAndGet();
            throw new ServingException(
                    FailureKind.SHED, "the maximum number of long responses is already in progress: " + MAX_ANSWERS);
        }
    }

    void endAnswer() {
        answers.decrementAndGet();
    }
}
