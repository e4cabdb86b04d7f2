package dev.foretell.router.http.message;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does what takes longer than an event loop may be held: on two threads of its own, as many tasks waiting as there is room for,
 * the rest refused. Thread-safe.
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

    /** Completes on the caller's event loop; fails with {@link FailureKind#SHED} where too much waits already. */
    public <T> Future<T> run(Callable<T> task) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(new ServingException(
                    FailureKind.SHED, "the router has more administrative work than it can do now"));
        }
        return threads.executeBlocking(task, false).andThen(done -> waiting.decrementAndGet());
    }

    /** The same of a task that is heavy only where its body is long: a short one is done at once. */
    public <T> Future<T> runIfLong(int bodyBytes, Callable<T> task) {
        return bodyBytes > LONG_BODY ? run(task) : here(task);
    }

    private static <T> Future<T> here(Callable<T> task) {
        try {
            return Future.succeededFuture(task.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    /** Takes one of few places for long answers; to be followed by {@link #endAnswer}. */
    void beginAnswer() {
        if (answers.incrementAndGet() > MAX_ANSWERS) {
            answers.decrementAndGet();
            throw new ServingException(
                    FailureKind.SHED,
                    "as many long answers are on their way already as may be at once: " + MAX_ANSWERS);
        }
    }

    void endAnswer() {
        answers.decrementAndGet();
    }
}
