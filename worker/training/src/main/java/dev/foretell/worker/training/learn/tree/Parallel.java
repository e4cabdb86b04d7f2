package dev.foretell.worker.training.learn.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does the same work for each number on several threads, which end with it. The results are in the order of the numbers. */
final class Parallel {
    private Parallel() {}

    /** @throws IllegalStateException if it is interrupted; the work is abandoned */
    static <T> List<T> map(int threads, int count, IntFunction<T> work) {
        if (threads < 2 || count < 2) {
            List<T> results = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                results.add(work.apply(i));
            }
            return results;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, count));
        try {
            return all(pool, count, work);
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> List<T> all(ExecutorService pool, int count, IntFunction<T> work) {
        List<Callable<T>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            calls.add(() -> work.apply(number));
        }
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : pool.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Training failed", e.getCause());
        }
    }
}
