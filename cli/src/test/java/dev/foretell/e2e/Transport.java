package dev.foretell.e2e;

import io.netty.channel.uring.IoUring;
import java.util.Locale;

/**
 * By what the processes of a test read and write sockets. io_uring only where it is asked for, by
 * {@code -Dforetell.chaos-on-io-uring}: resets in mid-answer go unnoticed on it.
 */
enum Transport {
    AUTO,
    NIO,
    IO_URING;

    boolean isThere() {
        return this != IO_URING || (System.getProperty("foretell.chaos-on-io-uring") != null && IoUring.isAvailable());
    }

    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
