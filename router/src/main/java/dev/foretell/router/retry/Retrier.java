package dev.foretell.router.retry;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Tries a call again when a worker failed it, up to a bound and within the call's deadline. Where to try is the attempt's
 * own choice. Thread-safe.
 */
public final class Retrier {
    private volatile Config config;
    private final LongSupplier nanoClock;

    /**
     * How often a call is tried.
     *
     * @param attempts in all, the first included; 1 to 10; workers that cannot be reached use up none
     */
    public record Config(int attempts) {
        public Config {
            if (attempts < 1 || attempts > 10) {
                throw new IllegalArgumentException("attempts must be from 1 to 10");
            }
        }

        public static Config defaults() {
            return new Config(3);
        }
    }

    public Retrier(Config config, LongSupplier nanoClock) {
        this.config = config;
        this.nanoClock = nanoClock;
    }

    /** Goes by other settings from now on. */
    public void adopt(Config next) {
        config = next;
    }

    /** Runs the attempt, given its number from 1, until one succeeds, fails for good, or there is no more to try. */
    public <T> Future<T> run(Deadline deadline, IntFunction<Future<T>> attempt) {
        return run(deadline, attempt, 1);
    }

    /** The same, beginning with an attempt of a later number. */
    public <T> Future<T> run(Deadline deadline, IntFunction<Future<T>> attempt, int number) {
        return attempt.apply(number)
                .recover(failure -> mayTryAgain(failure, deadline, number)
                        ? run(deadline, attempt, number + 1)
                        : Future.failedFuture(failure));
    }

    /** Whether there may be an attempt after the one of this number, which failed. */
    public boolean mayTryAgain(Throwable failure, Deadline deadline, int number) {
        return number < config.attempts()
                && failure instanceof ServingException serving
                && isRetryable(serving.kind())
                && !deadline.passed(nanoClock.getAsLong());
    }

    private static boolean isRetryable(FailureKind kind) {
        return kind == FailureKind.WORKER_FAILED || kind == FailureKind.WORKERS_BUSY;
    }
}
