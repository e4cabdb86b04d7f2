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

/** Gives each call its deadline and holds it to it. Each event loop has one. */
public final class Deadlines {
    private final TimeoutWheel wheel;
    private volatile Config config;
    private final LongSupplier nanoClock;

    /**
     * How long a predict call may take, retries and all.
     *
     * @param byDefault for callers that send no {@code X-Request-Timeout-Ms}
     * @param longest what a caller may ask for at most; longer wishes are cut to it
     * @param streamSilence how long a stream may go without a piece, once it has begun
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

    /** Goes by other settings from now on. */
    public void adopt(Config next) {
        config = next;
    }

    /**
     * The deadline of a call that arrives now.
     *
     * @param wishMillis what the caller asked for, as it stands in the header; null where it asked for nothing
     * @throws ServingException {@link FailureKind#INVALID_INPUT} if that is no number of milliseconds
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

    /** Watches over a stream: acts when nothing was heard of it for too long. */
    public IdleTimeout watchStream(Runnable onSilence) {
        return watch(config.streamSilence(), onSilence);
    }

    /** Acts when nothing was heard for so long. */
    public IdleTimeout watch(Duration longest, Runnable onSilence) {
        return new IdleTimeout(wheel, longest.toNanos(), nanoClock, onSilence);
    }

    /** Whichever comes first, the work's outcome or the deadline; then the call is broken off. */
    public <T> Future<T> within(CallContext call, Future<T> work) {
        return within(call, work, null);
    }

    /** @param outcomes told of a failure first; null where somebody else notes it */
    <T> Future<T> within(CallContext call, Future<T> work, @Nullable Outcomes outcomes) {
        Promise<T> outcome = Promise.promise();
        TimeoutWheel.Timeout timeout = wheel.at(call.deadline().atNanos(), () -> {
            call.cancellation().abort(AttemptFailure.Reason.DEADLINE);
            fail(outcome, call.pool() == null ? bodyIsBehindDeadline() : late(), call, outcomes);
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

    /** Of a call that came to no model in time, or to a worker in part: its caller took too long to send it. */
    public static ServingException bodyIsBehindDeadline() {
        return new ServingException(
                FailureKind.REQUEST_TIMEOUT, "the call's deadline passed before its body had arrived");
    }

    /** Of any request: its caller took too long to send it. */
    public static ServingException bodyIsLate() {
        return new ServingException(FailureKind.REQUEST_TIMEOUT, "the body did not arrive in time");
    }

    /** Noted first: who is told may look it up. */
    private static void fail(Promise<?> outcome, Throwable why, CallContext call, @Nullable Outcomes outcomes) {
        if (outcomes != null && !outcome.future().isComplete()) {
            outcomes.recordFailure(call, why);
        }
        outcome.tryFail(why);
    }
}
