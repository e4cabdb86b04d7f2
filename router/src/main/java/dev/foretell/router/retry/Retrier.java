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
 * Says whether and when a call is tried again that a worker failed: up to a bound, within the call's deadline, after a backoff
 * and within its model's budget. Where to try is the call's own choice. Thread-safe.
 */
public final class Retrier {
    private final LongSupplier nanoClock;
    private final DoubleSupplier random;
    private volatile Rules rules;

    /**
     * How often a call is tried, and when.
     *
     * @param attempts in all, the first included; 1 to 10; workers that cannot be reached use up none
     * @param budget most retries of a model under way at once, as a share of its other calls in flight, 0 to 1; retries after
     *     a lost connection do not count
     * @param budgetMin so many are always allowed
     * @param backoff the longest wait before the first retry, doubled for each further one; 0 for none, up to 1s
     * @param maxBackoff the longest it gets, up to 1s
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
     * Which calls get a second copy where the first is slow.
     *
     * @param hedgeModels by {@code type/model}
     * @param hedgeShare most of a model's calls that get one, over 0 to 1
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

    /** What the settings come to. */
    private record Rules(int attempts, RetryBudget budget, Backoff backoff) {
        static Rules of(Config config, DoubleSupplier random) {
            return new Rules(
                    config.attempts(),
                    new RetryBudget(config.budget(), config.budgetMin()),
                    new Backoff(config.backoff(), config.maxBackoff(), random));
        }
    }

    /** @param random from 0 to below 1 */
    public Retrier(Config config, LongSupplier nanoClock, DoubleSupplier random) {
        this.nanoClock = nanoClock;
        this.random = random;
        this.rules = Rules.of(config, random);
    }

    /** Goes by other settings from now on. */
    public void adopt(Config next) {
        rules = Rules.of(next, random);
    }

    /** Of a call of which an attempt failed, for all of its attempts after that. */
    public RetryGate gate(Retryable call) {
        Rules now = rules;
        return new RetryGate(call, now.budget(), now.backoff(), nanoClock);
    }

    /** Whether there may be an attempt after the one of this number, which failed. */
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
