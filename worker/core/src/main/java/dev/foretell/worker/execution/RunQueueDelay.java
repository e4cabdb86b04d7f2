package dev.foretell.worker.execution;

import java.io.IOException;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * How long a thread was ready to run but had no core, from {@code /proc/thread-self/schedstat} on Linux; zero
 * elsewhere. Confined to its thread.
 */
final class RunQueueDelay implements AutoCloseable {
    private final @Nullable RandomAccessFile file;
    private final byte[] text = new byte[96];

    private RunQueueDelay(@Nullable RandomAccessFile file) {
        this.file = file;
    }

    static RunQueueDelay ofThisThread() {
        try {
            return new RunQueueDelay(new RandomAccessFile("/proc/thread-self/schedstat", "r"));
        } catch (IOException | SecurityException e) {
            return new RunQueueDelay(null);
        }
    }

    long waitNanos() {
        if (file == null) {
            return 0;
        }
        try {
            file.seek(0);
            return second(file.read(text));
        } catch (IOException e) {
            return 0;
        }
    }

    /** The second of three numbers separated by blanks. */
    private long second(int length) {
        int at = 0;
        while (at < length && text[at] != ' ') {
            at++;
        }
        long number = 0;
        for (at++; at < length && text[at] >= '0' && text[at] <= '9'; at++) {
            number = 10 * number + (text[at] - '0');
        }
        return number;
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
