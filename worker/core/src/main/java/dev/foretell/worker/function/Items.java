package dev.foretell.worker.function;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * The items of a streaming function's result: a {@code Stream}, a {@code Flow.Publisher}, or a stage that completes
 * with one.
 */
public final class Items {
    private Items() {}

    /** Receives items; blocks until there is room for one, and throws to stop the source. */
    public interface Taker {
        void take(@Nullable Object item);
    }

    /** Passes the items on one by one on this thread, which may block; closes the source at the end. */
    public static void pour(@Nullable Object returned, Taker taker) throws Exception {
        Object source = await(returned);
        if (source instanceof BaseStream<?, ?> stream) {
            pull(stream, taker);
        } else if (source instanceof Flow.Publisher<?> publisher) {
            new PublisherItems().pour(publisher, taker::take);
        } else {
            throw new IllegalStateException("the function returned no stream");
        }
    }

    /**
     * Uses one terminal operation: an iterator would collect the inner streams of a {@code flatMap}, which may be
     * endless.
     */
    private static void pull(BaseStream<?, ?> stream, Taker taker) {
        try (stream) {
            stream.sequential().spliterator().forEachRemaining(taker::take);
        }
    }

    private static @Nullable Object await(@Nullable Object returned) throws Exception {
        Object later = returned instanceof CompletionStage<?> stage ? stage.toCompletableFuture() : returned;
        try {
            return later instanceof Future<?> future ? future.get() : later;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
