package dev.foretell.worker.http;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between a function's thread, which waits for room, and the event loop that sends the items.
 * Thread-safe; the lock guards all fields.
 */
final class ItemQueue {
    private static final int MAX_BYTES = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private @Nullable Buffer unsent;
    /** The bytes that were added and have not been sent. */
    private int bytes;

    private boolean closed;

    /**
     * Adds an encoded item, however long it is, once there is room.
     *
     * @return whether to tell the event loop that there is something to send
     * @throws CancellationException if the receiver has left
     */
    boolean put(Buffer item) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (bytes >= MAX_BYTES && !closed) {
                room.await();
            }
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
