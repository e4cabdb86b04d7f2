package dev.foretell.worker.execution;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.time.TimeoutWheel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls outside the event loop, with bounds on running and waiting calls, and refuses further ones. Calls of
 * functions that have proven fast run on the event loop. Thread-safe.
 */
public final class FunctionExecutor implements AutoCloseable {
    private final Vertx vertx;
    private final CallThreads threads;
    private final int most;
    private final long longestNanos;
    private final long streamSilenceNanos;
    private final LongSupplier nanoClock;
    private final boolean inlineFast;
    private final ThreadWatch watch = new ThreadWatch();
    private final ThreadWatch.Look strays;
    private final LoopRunners runners;
    private final ThreadLocal<TimeoutWheel> timeouts;
    private final ThreadLocal<CompletionQueue> completions;
    /** Calls without a result yet: running, waiting, or with a stage that has not completed. */
    private final AtomicInteger open = new AtomicInteger();

    /** @param shared whether it runs several functions; then none of them gets all threads */
    public FunctionExecutor(Vertx vertx, ExecutionConfig config, boolean shared, LongSupplier nanoClock) {
        this.vertx = vertx;
        this.threads = CallThreads.open(config.virtualThreads(), config.width(), shared);
        this.most = config.width() + config.queue();
        this.longestNanos = config.callTimeout().toNanos();
        this.streamSilenceNanos = config.streamSilence().toNanos();
        this.nanoClock = nanoClock;
        this.inlineFast = config.inlineFast();
        this.runners = new LoopRunners(nanoClock, watch);
        this.strays = watch.look(threads::giveUpStrays, OverrunningCalls.GRACE.toMillis());
        this.timeouts = ThreadLocal.withInitial(() ->
                new TimeoutWheel((millis, action) -> vertx.setTimer(millis, timer -> action.run()), nanoClock));
        this.completions = ThreadLocal.withInitial(() -> new CompletionQueue(vertx.getOrCreateContext()));
    }

    /** The state of one function that starting its calls needs. */
    public FunctionPace pace(String name) {
        return new FunctionPace(name, nanoClock);
    }

    /** The maximum pause between two items of a stream. */
    public long streamSilenceNanos() {
        return streamSilenceNanos;
    }

    /** The timeouts of the current event loop. */
    public TimeoutWheel timeouts() {
        return timeouts.get();
    }

    /**
     * Starts a call; its result arrives on the caller's context. A call that returns a stage ends when the stage
     * completes, and keeps its place until then.
     *
     * @param waitNanos how long the caller waits; the call may not take longer than {@code call-timeout} either way
     * @throws ServingException {@link FailureKind#WORKERS_BUSY} if too many calls wait, or if all threads of the function are in
     *     calls that do not end or whose callers do not read
     */
    public <T> FunctionCall<T> start(Work work, long waitNanos) {
        return apart(call(work, waitNanos, null));
    }

    /** The same, for a function that may run on the event loop once it has proven fast. */
    public <T> FunctionCall<T> start(Work work, long waitNanos, FunctionPace pace) {
        FunctionCall<T> call = call(work, waitNanos, inlineFast ? pace : null);
        if (!inlineFast || !pace.isFast() || !Context.isOnEventLoopThread()) {
            return apart(call);
        }
        runners.own().run(call, pace);
        return call;
    }

    private <T> FunctionCall<T> call(Work work, long waitNanos, @Nullable FunctionPace pace) {
        Deadline deadline = new Deadline(nanoClock.getAsLong() + Math.min(waitNanos, longestNanos));
        Context context = vertx.getOrCreateContext();
        CompletionQueue own = Context.isOnEventLoopThread() ? completions.get() : new CompletionQueue(context);
        return new FunctionCall<>(this, context, own, work, deadline, pace);
    }

    private <T> FunctionCall<T> apart(FunctionCall<T> call) {
        admit(call.work());
        call.result().onComplete(done -> release());
        watch(call);
        threads.run(call);
        return call;
    }

    private void watch(FunctionCall<?> call) {
        if (Context.isOnEventLoopThread()) {
            call.watch(timeouts.get());
        } else {
            call.onContext(() -> call.watch(timeouts.get()));
        }
    }

    /** Takes a place for a call that ran on the event loop and completes later. */
    void occupyPlace(FunctionCall<?> call) {
        open.incrementAndGet();
        call.result().onComplete(done -> release());
        call.watch(timeouts.get());
    }

    long now() {
        return nanoClock.getAsLong();
    }

    private void admit(Work work) {
        if (threads.isStuck(work.function())) {
            throw new ServingException(
                    FailureKind.WORKERS_BUSY,
                    "calls of '" + work.function() + "' that do not end have taken all threads that it may have");
        }
        if (threads.isPaused(work.function())) {
            throw unreadStreams(work);
        }
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw new ServingException(FailureKind.WORKERS_BUSY, "busy");
        }
    }

    static ServingException unreadStreams(Work work) {
        return new ServingException(
                FailureKind.WORKERS_BUSY,
                "busy: callers that do not read their streams hold the threads that '" + work.function()
                        + "' may have");
    }

    private void release() {
        open.decrementAndGet();
    }

    void withdraw(FunctionCall<?> call) {
        threads.withdraw(call);
    }

    /** A call has ended while its thread still runs: usually only for a moment. */
    void expectEnd() {
        strays.want();
    }

    /** Why this worker can take no calls, or only some; null if it can take all. */
    public @Nullable String obstacle() {
        Work loop = runners.findStuck();
        if (loop != null) {
            return loop + " does not end and blocks an event loop: restart this worker";
        }
        return threads.isStuck()
                ? "all threads of this worker (" + threads.width() + ") are in calls that do not end: restart it"
                : null;
    }

    /** Interrupts the running calls. */
    @Override
    public void close() {
        watch.close();
        runners.close();
        threads.close();
    }
}
