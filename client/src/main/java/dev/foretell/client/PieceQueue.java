package dev.foretell.client;

import dev.foretell.client.failure.BrokenStreamException;
import dev.foretell.client.failure.CallInterruptedException;
import dev.foretell.client.failure.CallTimeoutException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read as it arrives. It holds one piece at most: the next one is asked for when a reader has taken it, so
 * that a slow reader slows the sender down. One reader; {@code close} may be called by any thread.
 */
final class PieceQueue implements BodySubscriber<PieceQueue> {
    /** A piece, the end, and a close from outside. */
    private static final int CAPACITY = 3;

    private final Duration silence;
    private final String requestId;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(CAPACITY);
    private volatile @Nullable Subscription connection;
    /** Confined to the reader. */
    private long itemEnds;

    /** Something that became of the body. */
    private record Event(
            List<ByteBuffer> piece,
            boolean isLast,
            @Nullable Throwable failure) {
        static final Event END = new Event(List.of(), true, null);
    }

    /** @param silence how long a reader waits for an item */
    PieceQueue(Duration silence, String requestId) {
        this.silence = silence;
        this.requestId = requestId;
        expectItem();
    }

    /** The reader waits for its next item from now on. Pieces without an end of it, such as comments, do not prolong that. */
    void expectItem() {
        itemEnds = System.nanoTime() + silence.toNanos();
    }

    @Override
    public CompletionStage<PieceQueue> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        connection = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        events.offer(new Event(piece, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        events.offer(new Event(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        events.offer(Event.END);
    }

    String requestId() {
        return requestId;
    }

    /** Waits for the next bytes; null at the end. */
    @Nullable
    List<ByteBuffer> take() {
        Event event = next();
        if (event.failure != null) {
            throw new BrokenStreamException("the stream broke off", requestId, event.failure);
        }
        if (event.isLast) {
            events.offer(Event.END); // for whoever asks again
            return null;
        }
        Subscription more = connection;
        if (more != null) {
            more.request(1);
        }
        return event.piece;
    }

    private Event next() {
        try {
            long left = itemEnds - System.nanoTime();
            Event event = left > 0 ? events.poll(left, TimeUnit.NANOSECONDS) : null;
            if (event == null) {
                close();
                throw new CallTimeoutException("no item came for " + silence.toMillis() + " ms", requestId);
            }
            return event;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(requestId, e);
        }
    }

    /** Closes the connection if there is more to come; the worker then stops. */
    void close() {
        Subscription open = connection;
        if (open != null) {
            open.cancel();
        }
        events.offer(Event.END);
    }
}
