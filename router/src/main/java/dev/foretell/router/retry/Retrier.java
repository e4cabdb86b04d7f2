package dev.foretell.router.retry;

import dev.foretell.commons.config.Inline;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Decides whether and when a failed call is retried: up to a number of attempts, within the call's deadline, after a
 * backoff and within its model's retry budget. The call itself chooses the worker. Thread-safe.
 */
public final class Retrier {
    private final LongSupplier nanoClock;
    private final DoubleSupplier random;
    private volatile Rules rules;

    /**
     * How often and when a call is retried.
     *
     * @param attempts the maximum number of attempts, including the first; 1 to 10; workers that cannot be reached use
     *     up none
     * @param budget the maximum number of a model's retries in flight, as a share of its other calls in flight, 0 to 1;
     *     retries after a lost connection do not count
     * @param budgetMin the number of retries that is always allowed
     * @param backoff the maximum wait before the first retry, doubled for each further one; 0 for no wait, up to 1s
     * @param maxBackoff the maximum wait before any retry, up to 1s
     */
    public record Config(
            int attempts,
            double budget,
            int budgetMin,
            Duration backoff,
            Duration maxBackoff,
            @Inline Hedging hedging) {
        public Config {
            if (attempts < 1 || attempts > 10) {
                throw new IllegalArgumentException("attempts must be from 1 to 10");
            }
            if (!(budget >= 0 && budget <= 1) || budgetMin < 0) {
                throw new IllegalArgumentException("budget must be from 0 to 1, and budget-min at least 0");
            }
            if (backoff.compareTo(maxBackoff) > 0 || maxBackoff.toMillis() > 1000) {
                throw new IllegalArgumentException("backoff must be at most max-backoff, and that at most 1s");
            }
        }

        public static Config defaults() {
            return new Config(3, 0.2, 3, Duration.ofMillis(25), Duration.ofMillis(250), new Hedging(List.of(), 0.05));
        }
    }

    /**
     * The calls that are hedged if they are slow.
     *
     * @param hedgeModels models by {@code type/model}
     * @param hedgeShare the maximum share of a model's calls that are hedged, greater than 0 and at most 1
     */
    public record Hedging(List<String> hedgeModels, double hedgeShare) {
        public Hedging {
            if (!(hedgeShare > 0 && hedgeShare <= 1)) {
                throw new IllegalArgumentException("hedge-share must be over 0 and at most 1");
            }
            hedgeModels.forEach(ModelKey::parse);
            hedgeModels = List.copyOf(hedgeModels);
        }
    }

    /** The rules from the settings. */
    private record Rules(int attempts, RetryBudget budget, Backoff backoff) {
        static Rules of(Config config, DoubleSupplier random) {
            return new Rules(
                    config.attempts(),
                    new RetryBudget(config.budget(), config.budgetMin()),
                    new Backoff(config.backoff(), config.maxBackoff(), random));
        }
    }

    /** @param random from 0 (inclusive) to 1 (exclusive) */
    public Retrier(Config config, LongSupplier nanoClock, DoubleSupplier random) {
        this.nanoClock = nanoClock;
        this.random = random;
        this.rules = Rules.of(config, random);
    }

    /** Uses new settings from now on. */
    public void adopt(Config next) {
        rules = Rules.of(next, random);
    }

    /** The gate for the further attempts of a call after its first failure. */
    public RetryGate gate(Retryable call) {
        Rules now = rules;
        return new RetryGate(call, now.budget(), now.backoff(), nanoClock);
    }

    /** Whether another attempt may follow the failed one with this number. */
    public boolean mayTryAgain(Throwable failure, Deadline deadline, int number) {
        return number < rules.attempts()
                && failure instanceof ServingException serving
                && isRetryable(serving.kind())
                && !deadline.isPast(nanoClock.getAsLong());
    }

    private static boolean isRetryable(FailureKind kind) {
        return kind == FailureKind.WORKER_FAILED
                || kind == FailureKind.WORKERS_BUSY
                || kind == FailureKind.FUNCTION_FAILED
                || kind == FailureKind.LENGTH_REQUIRED;
    }
}
