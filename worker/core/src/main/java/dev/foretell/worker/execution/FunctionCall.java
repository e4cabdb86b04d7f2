package dev.foretell.worker.execution;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.time.TimeoutWheel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of user code: waiting, running or finished. It never starts after its deadline, or after its caller has
 * left. Thread-safe; this object guards {@code runner} and the fields below it.
 */
public final class FunctionCall<T> {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionCall.class);

    private final FunctionExecutor executor;
    private final Context context;
    private final CompletionQueue completions;
    private final Work work;
    private final @Nullable FunctionPace pace;
    private final Promise<T> promise = Promise.promise();
    private volatile Deadline deadline;
    private @Nullable TimeoutWheel timeouts;
    private TimeoutWheel.@Nullable Timeout timeout;
    private long timeoutAt;
    /** The result, or a {@link Thrown}; written before the call is sent to its event loop. */
    private @Nullable Object outcome;

    private @Nullable CallThread runner;
    private boolean over;
    private long begunAt;
    /** When the call ended while its code was still running. */
    private long overAt;
    /** Whether its thread was abandoned. */
    private boolean stray;

    FunctionCall(
            FunctionExecutor executor,
            Context context,
            CompletionQueue completions,
            Work work,
            Deadline deadline,
            @Nullable FunctionPace pace) {
        this.executor = executor;
        this.context = context;
        this.completions = completions;
        this.work = work;
        this.deadline = deadline;
        this.pace = pace;
    }

    Work work() {
        return work;
    }

    String function() {
        return work.function();
    }

    /** Completes on the context that started the call. */
    public Future<T> result() {
        return promise.future();
    }

    /** Drops the call: removes it from the queue, or interrupts its thread. Its result is a cancellation. */
    public void cancel() {
        end(new CancellationException("the caller has left"));
    }

    /** Answers at the deadline, even if the code is still running. Runs on the call's event loop. */
    void watch(TimeoutWheel timeouts) {
        if (!promise.future().isComplete()) {
            this.timeouts = timeouts;
            awaitDeadline(timeouts);
            promise.future().onComplete(done -> cancelTimeout());
        }
    }

    private void awaitDeadline(TimeoutWheel wheel) {
        timeoutAt = deadline.atNanos();
        timeout = wheel.at(timeoutAt, () -> due(wheel));
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel();
        }
    }

    /** Moves the deadline to this long from now, because the code is making progress. Runs on the call's event loop. */
    public void extend(long nanos) {
        deadline = new Deadline(executor.now() + nanos);
        if (timeouts != null
                && timeoutAt - deadline.atNanos() > 0
                && !promise.future().isComplete()) {
            cancelTimeout();
            awaitDeadline(timeouts);
        }
    }

    private void due(TimeoutWheel timeouts) {
        if (deadline.isPast(executor.now())) {
            end(tooLate());
        } else {
            awaitDeadline(timeouts);
        }
    }

    void onContext(Runnable action) {
        context.runOnContext(now -> action.run());
    }

    boolean isLate(long nowNanos) {
        return deadline.isPast(nowNanos);
    }

    private static ServingException tooLate() {
        return new ServingException(FailureKind.DEADLINE_EXCEEDED, "the call took too long");
    }

    void run(CallThread thread) {
        if (!begin(thread)) {
            return;
        }
        try {
            Object value = runTimed();
            leave();
            settle(value);
        } catch (Throwable e) {
            leave();
            fail(e);
        }
    }

    private Object runTimed() throws Exception {
        if (pace == null) {
            return work.code().call();
        }
        long start = executor.now();
        Object value = work.code().call();
        pace.recordOffLoop(executor.now() - start);
        barIfPending(value);
        return value;
    }

    private void barIfPending(Object value) {
        if (pace != null && isPending(value)) {
            pace.bar();
        }
    }

    private static boolean isPending(Object value) {
        return value instanceof CompletionStage<?>
                && !(value instanceof CompletableFuture<?> future && future.isDone());
    }

    /** Runs the code on the event loop; returns its result or a {@link Thrown}. */
    Object runHere() {
        try {
            return work.code().call();
        } catch (Throwable e) {
            return new Thrown(e);
        }
    }

    /** A failure in place of a value. */
    private record Thrown(Throwable failure) {}

    /** Runs on the call's event loop, for a call that ran there. */
    @SuppressWarnings("unchecked")
    void settleHere(Object outcome) {
        over = true;
        if (deadline.isPast(executor.now())) {
            abandon(outcome);
            promise.fail(tooLate());
        } else if (outcome instanceof Thrown thrown) {
            promise.fail(thrown.failure());
        } else if (outcome instanceof CompletionStage<?>) {
            barIfPending(outcome);
            executor.occupyPlace(this);
            settle(outcome);
        } else {
            promise.complete((T) outcome);
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

    private void complete(@Nullable Object value) {
        outcome = value;
        completions.add(this);
    }

    /** Runs on the call's event loop, with the outcome. */
    @SuppressWarnings("unchecked")
    void arrive() {
        if (outcome instanceof Thrown thrown) {
            promise.tryFail(thrown.failure());
        } else if (!promise.tryComplete((T) outcome)) {
            abandon(outcome);
        }
    }

    /** A late result may hold an open resource. */
    private static void abandon(@Nullable Object value) {
        if (value instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception e) {
                LOG.debug("a late result could not be closed", e);
            }
        }
    }

    private void fail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        complete(new Thrown(cause));
    }

    private void end(Exception why) {
        if (!promise.tryFail(why)) {
            return;
        }
        if (stop()) {
            executor.withdraw(this);
        } else {
            executor.expectEnd();
        }
    }

    /** Fails the waiting call, because no thread is left for it. Called by any thread. */
    void refuse() {
        synchronized (this) {
            over = true;
        }
        fail(FunctionExecutor.unreadStreams(work));
    }

    /** The code waits for the caller to read its stream. Called by the thread that runs it; a repeated call changes nothing. */
    public void pause() {
        CallThread thread = ownThread();
        if (thread != null) {
            thread.pause();
        }
    }

    /** The code goes on. Called by the thread that runs it. */
    public void goOn() {
        CallThread thread = ownThread();
        if (thread != null) {
            thread.goOn();
        }
    }

    private synchronized @Nullable CallThread ownThread() {
        return runner;
    }

    private synchronized boolean begin(CallThread thread) {
        long now = executor.now();
        if (over || deadline.isPast(now)) {
            return false;
        }
        runner = thread;
        begunAt = now;
        return true;
    }

    /** The interrupt of a dropped call must not reach the next call of its thread. */
    private synchronized void leave() {
        runner = null;
        over = true;
        Thread.interrupted();
        if (stray) {
            OverrunningCalls.tellEnd(work, executor.now() - begunAt);
        }
    }

    /** Whether the call had not started. */
    private synchronized boolean stop() {
        boolean unbegun = runner == null && !over;
        over = true;
        if (runner != null) {
            overAt = executor.now();
            runner.interrupt();
        }
        return unbegun;
    }

    /**
     * Abandons its thread if the code still runs long after the end of the call; returns whether to check again soon.
     */
    synchronized boolean giveUpIfStray() {
        if (runner == null || !over || stray) {
            return false;
        }
        long now = executor.now();
        if (now - overAt < OverrunningCalls.GRACE.toNanos()) {
            return true;
        }
        stray = true;
        runner.strand();
        OverrunningCalls.tell(
                work, now - begunAt, "threads lost to such calls: " + runner.abandonedThreads(), runner.stack());
        return false;
    }

    /** Whether its thread was abandoned; called by that thread. */
    synchronized boolean isStray() {
        return stray;
    }
}
