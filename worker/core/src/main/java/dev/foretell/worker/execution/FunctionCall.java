package dev.foretell.worker.execution;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One call of user code: waiting, running or over. It is never begun once its deadline has passed or its caller has left.
 * Thread-safe; {@code runner} and {@code over} are guarded by this object.
 */
public final class FunctionCall<T> {
    private final FunctionExecutor executor;
    private final Context context;
    private final Callable<?> work;
    private final Deadline deadline;
    private final Promise<T> promise = Promise.promise();
    private @Nullable Thread runner;
    private boolean over;

    FunctionCall(FunctionExecutor executor, Context context, Callable<?> work, Deadline deadline) {
        this.executor = executor;
        this.context = context;
        this.work = work;
        this.deadline = deadline;
    }

    /** Completes on the context that started the call. */
    public Future<T> result() {
        return promise.future();
    }

    /** Drops the call: it leaves the queue, or its thread is interrupted. */
    public void cancel() {
        if (stop()) {
            executor.withdraw(this);
        }
    }

    /** Answers at the deadline, whether or not the code has come to an end by then. */
    void watch(Vertx vertx) {
        long timer = vertx.setTimer(deadline.leftMillis(executor.now()), id -> expire());
        promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    void run() {
        if (!begin()) {
            return;
        }
        try {
            Object value = work.call();
            end();
            settle(value);
        } catch (Throwable e) {
            end();
            fail(e);
        }
    }

    private void settle(Object value) {
        if (value instanceof CompletionStage<?> later) {
            later.whenComplete((result, failure) -> {
                if (failure == null) {
                    complete(result);
                } else {
                    fail(failure);
                }
            });
        } else {
            complete(value);
        }
    }

    @SuppressWarnings("unchecked")
    private void complete(Object value) {
        context.runOnContext(now -> promise.tryComplete((T) value));
    }

    private void fail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        context.runOnContext(now -> promise.tryFail(cause));
    }

    private void expire() {
        if (promise.tryFail(new ServingException(FailureKind.DEADLINE_EXCEEDED, "the call took too long"))) {
            cancel();
        }
    }

    private synchronized boolean begin() {
        if (over || deadline.passed(executor.now())) {
            return false;
        }
        runner = Thread.currentThread();
        return true;
    }

    /** The interrupt of a call that was dropped must not reach the next call of its thread. */
    private synchronized void end() {
        runner = null;
        over = true;
        Thread.interrupted();
    }

    /** Whether the call had not begun. */
    private synchronized boolean stop() {
        boolean unbegun = runner == null && !over;
        over = true;
        if (runner != null) {
            runner.interrupt();
        }
        return unbegun;
    }
}
