package dev.foretell.e2e;

import io.netty.channel.uring.IoUring;
import java.util.Locale;

/** By what the processes of a test read and write sockets. */
enum Transport {
    AUTO,
    NIO,
    IO_URING;

    boolean isThere() {
        return this != IO_URING || IoUring.isAvailable();
    }

    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
