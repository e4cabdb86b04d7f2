package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.upstream.call.AttemptFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Gives each call its deadline and enforces it. Each event loop has one. */
public final class Deadlines {
    private final TimeoutWheel wheel;
    private volatile Config config;
    private final LongSupplier nanoClock;

    /**
     * The maximum duration of a predict call, including retries.
     *
     * @param byDefault for calls without {@code X-Request-Timeout-Ms}
     * @param longest the maximum that a caller may request; longer requests are shortened to it
     * @param streamSilence the maximum pause between two pieces of a stream
     */
    public record Config(Duration byDefault, Duration longest, Duration streamSilence) {
        public Config {
            if (streamSilence.toMillis() < 1) {
                throw new IllegalArgumentException("stream-silence must be at least 1ms");
            }
            if (byDefault.toMillis() < 1 || longest.compareTo(byDefault) < 0) {
                throw new IllegalArgumentException("by-default must be at least 1ms, and longest no shorter");
            }
        }

        public static Config defaults() {
            return new Config(Duration.ofSeconds(10), Duration.ofSeconds(300), Duration.ofSeconds(30));
        }
    }

    /** @param wheel of the event loop */
    public Deadlines(TimeoutWheel wheel, Config config, LongSupplier nanoClock) {
        this.wheel = wheel;
        this.config = config;
        this.nanoClock = nanoClock;
    }

    /** Uses new settings from now on. */
    public void adopt(Config next) {
        config = next;
    }

    /**
     * The deadline of a call that arrives now.
     *
     * @param wishMillis the caller's header; null without it
     * @throws ServingException {@link FailureKind#INVALID_INPUT} if it is not a number of milliseconds
     */
    public Deadline of(@Nullable String wishMillis) {
        long now = nanoClock.getAsLong();
        Duration byDefault = config.byDefault();
        if (wishMillis == null) {
            return Deadline.after(byDefault, now);
        }
        Duration wait = wish(wishMillis);
        return new Deadline(now, now + wait.toNanos(), wait.compareTo(byDefault) < 0);
    }

    private Duration wish(String millis) {
        if (!millis.matches("[0-9]{1,15}") || Long.parseLong(millis) == 0) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, "X-Request-Timeout-Ms must be a whole number of milliseconds over 0");
        }
        Duration wish = Duration.ofMillis(Long.parseLong(millis));
        return wish.compareTo(config.longest()) < 0 ? wish : config.longest();
    }

    /** Watches a stream: runs the action after a pause that is too long. */
    public IdleTimeout watchStream(Runnable onSilence) {
        return watch(config.streamSilence(), onSilence);
    }

    /** Runs the action after this long without activity. */
    public IdleTimeout watch(Duration longest, Runnable onSilence) {
        return new IdleTimeout(wheel, longest.toNanos(), nanoClock, onSilence);
    }

    /** The outcome of the work or the deadline, whichever comes first; the deadline cancels the call. */
    public <T> Future<T> within(CallContext call, Future<T> work) {
        return within(call, work, null);
    }

    /** @param outcomes records a failure before it is reported; null if somebody else does */
    <T> Future<T> within(CallContext call, Future<T> work, @Nullable Outcomes outcomes) {
        Promise<T> outcome = Promise.promise();
        TimeoutWheel.Timeout timeout = wheel.at(call.deadline().atNanos(), () -> {
            call.cancellation().abort(AttemptFailure.Reason.DEADLINE);
            fail(outcome, call.model() == null ? bodyIsBehindDeadline() : late(), call, outcomes);
        });
        work.onComplete(result -> {
            timeout.cancel();
            call.cancellation().finish();
            if (result.succeeded()) {
                outcome.tryComplete(result.result());
            } else {
                fail(outcome, result.cause(), call, outcomes);
            }
        });
        return outcome.future();
    }

    private static ServingException late() {
        return new ServingException(FailureKind.DEADLINE_EXCEEDED, "no answer came within the deadline");
    }

    /** The caller took too long to send a call that reached no model in time, or reached a worker only in part. */
    public static ServingException bodyIsBehindDeadline() {
        return new ServingException(
                FailureKind.REQUEST_TIMEOUT, "the call's deadline passed before its body had arrived");
    }

    /** The caller took too long to send a request. */
    public static ServingException bodyIsLate() {
        return new ServingException(FailureKind.REQUEST_TIMEOUT, "the body did not arrive in time");
    }

    /** Recorded first, because the recipient may read it. */
    private static void fail(Promise<?> outcome, Throwable why, CallContext call, @Nullable Outcomes outcomes) {
        if (outcomes != null && !outcome.future().isComplete()) {
            outcomes.recordFailure(call, why);
        }
        outcome.tryFail(why);
    }
}
