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

/** The thread that trains the best on all rows. Closing it gives up what it does: that ends with the process. */
final class FinalThread implements AutoCloseable {
    private static final Duration MEANWHILE = Duration.ofSeconds(1);

    private final ExecutorService finals = Executors.newSingleThreadExecutor(FinalThread::daemon);

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "final");
        thread.setDaemon(true);
        return thread;
    }

    <T> Future<T> start(Callable<T> training) {
        return finals.submit(training);
    }

    /**
     * The result, or empty where the clock is up first.
     *
     * @param meanwhile called once a second while it waits
     * @throws WrongScores as the work does
     * @throws IllegalStateException for what cannot be computed, or when interrupted
     */
    static <T> Optional<T> await(Future<T> work, SearchClock clock, Runnable meanwhile) {
        Duration left = clock.remaining();
        if (left.isNegative() || left.isZero()) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        try {
            for (long rest = left.toNanos(); rest > 0; rest = left.toNanos() - (System.nanoTime() - start)) {
                try {
                    return Optional.of(work.get(Math.min(rest, MEANWHILE.toNanos()), TimeUnit.NANOSECONDS));
                } catch (TimeoutException late) {
                    meanwhile.run();
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The search was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof WrongScores wrong ? wrong : new IllegalStateException("The search failed", e);
        } catch (CancellationException e) {
            throw new IllegalStateException("The search failed", e);
        }
    }

    @Override
    public void close() {
        finals.shutdownNow();
    }
}
