package dev.foretell.worker.training.search;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Threads that try candidates, and one that trains the best on all rows. Closing it gives up what they do: they end at their next fold,
 * or with the process.
 */
final class Places implements AutoCloseable {
    private final ExecutorService trials;
    private final ExecutorService finals;

    Places(int count) {
        trials = Executors.newFixedThreadPool(count, work -> daemon(work, "candidate"));
        finals = Executors.newSingleThreadExecutor(work -> daemon(work, "final"));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Tries a candidate once a thread is free; at most one rung of candidates waits. */
    <T> Future<T> start(Callable<T> trial) {
        return trials.submit(trial);
    }

    <T> Future<T> startFinal(Callable<T> training) {
        return finals.submit(training);
    }

    /**
     * The result, or empty where the clock is up first.
     *
     * @throws IllegalStateException for what cannot be computed, or when interrupted
     */
    static <T> Optional<T> await(Future<T> work, SearchClock clock) {
        Duration left = clock.remaining();
        try {
            return left.isNegative() || left.isZero()
                    ? Optional.empty()
                    : Optional.of(work.get(left.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The search was interrupted", e);
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("The search failed", e);
        }
    }

    @Override
    public void close() {
        trials.shutdownNow();
        finals.shutdownNow();
    }
}
