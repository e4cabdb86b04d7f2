package dev.foretell.worker.http;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a function's thread has made of a stream and the event loop is yet to send, within a bound: the thread waits for
 * room. Thread-safe; all fields are guarded by the lock.
 */
final class ItemQueue {
    private static final int MAX_BYTES = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private @Nullable Buffer unsent;
    /** Of all that was put and has not left. */
    private int bytes;

    private boolean closed;

    /**
     * Puts one item as it goes out, however long it is, once there is room.
     *
     * @return whether the event loop is to be told that there is something to send
     * @throws CancellationException if nobody is there to take it
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

    /** All there is to send; null where that is nothing. */
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

    /** So many bytes have left. */
    void onSent(int count) {
        lock.lock();
        try {
            bytes -= count;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is taken. */
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
