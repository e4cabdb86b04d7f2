package dev.foretell.client;

import dev.foretell.client.failure.CallInterruptedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Futures of calls: how to go on from them, and how to wait for them. */
final class Waiting {
    private Waiting() {}

    /** The value made of another one; cancelling it cancels the other one, too. */
    static <A, B> CompletableFuture<B> then(CompletableFuture<A> first, Function<A, B> step) {
        CompletableFuture<B> second = first.thenApply(step);
        second.whenComplete((value, failure) -> {
            if (second.isCancelled()) {
                first.cancel(true);
            }
        });
        return second;
    }

    /** Waits; an interruption cancels the call. */
    static <T> T on(CompletableFuture<T> result, String requestId) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(requestId, e);
        } catch (ExecutionException e) {
            throw here(e);
        }
    }

    /** The failure with the trace of the thread that waits, which is what its reader looks for. */
    private static RuntimeException here(ExecutionException failure) {
        if (failure.getCause() instanceof RuntimeException known) {
            known.fillInStackTrace();
            return known;
        }
        return new IllegalStateException(failure.getCause());
    }
}
