package dev.foretell.worker.http;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between a function's thread, which waits for room, and the event loop that sends the items.
 * Thread-safe; the lock guards all fields.
 */
final class ItemQueue {
    private static final int MAX_BYTES = 64 * 1024;
    /** Callers that are only slow make room sooner than that. */
    private static final long PATIENCE_MS = 1_000;

    /** Is told, on the function's thread, that nothing was taken for a while, and that something is again. */
    interface Reading {
        void pause();

        void goOn();
    }

    private final Reading reading;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private @Nullable Buffer unsent;
    /** The bytes that were added and have not been sent. */
    private int bytes;

    private boolean closed;

    ItemQueue(Reading reading) {
        this.reading = reading;
    }

    /**
     * Adds an encoded item, however long it is, once there is room.
     *
     * @return whether to tell the event loop that there is something to send
     * @throws CancellationException if the receiver has left
     */
    boolean put(Buffer item) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitRoom();
            if (closed) {
                throw new CancellationException("nobody takes the stream any longer");
            }
            bytes += item.length();
            boolean isFirst = unsent == null;
            unsent = unsent == null ? item : unsent.appendBuffer(item);
            return isFirst;
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom() throws InterruptedException {
        boolean paused = false;
        while (bytes >= MAX_BYTES && !closed) {
            if (!room.await(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                paused = true;
                reading.pause();
            }
        }
        if (paused) {
            reading.goOn();
        }
    }

    /** Everything there is to send; null if there is nothing. */
    @Nullable
    Buffer take() {
        lock.lock();
        try {
            Buffer all = unsent;
            unsent = null;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** This many bytes have been sent. */
    void onSent(int count) {
        lock.lock();
        try {
            bytes -= count;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further items. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
