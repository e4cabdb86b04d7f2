package dev.foretell.worker.http;

import io.vertx.core.Vertx;
import io.vertx.core.transport.Transport;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By what the event loops read and write sockets. io_uring hands the kernel all that one turn of a loop has to send at once,
 * which epoll does one system call at a time; it needs Linux, a kernel that lets it, and Netty's library for it on the class path.
 */
public enum EventLoops {
    /** The first of the following that this machine has. */
    AUTO,
    IO_URING,
    EPOLL,
    NIO;

    /**
     * A Vert.x of this kind.
     *
     * @throws IllegalStateException if this machine does not have it
     */
    public Vertx vertx() {
        return Vertx.builder().withTransport(transport()).build();
    }

    private Transport transport() {
        if (this == AUTO) {
            return Stream.of(IO_URING, EPOLL)
                    .filter(EventLoops::isThere)
                    .findFirst()
                    .map(EventLoops::transport)
                    .orElse(Transport.NIO);
        }
        Transport wanted = known();
        if (wanted == null || !wanted.available()) {
            throw new IllegalStateException("http.event-loops: this machine has no " + name().toLowerCase(Locale.ROOT));
        }
        return wanted;
    }

    private boolean isThere() {
        Transport known = known();
        return known != null && known.available();
    }

    /** Null where its library is not on the class path. */
    private @Nullable Transport known() {
        return switch (this) {
            case AUTO -> null;
            case IO_URING -> Transport.IO_URING;
            case EPOLL -> Transport.EPOLL;
            case NIO -> Transport.NIO;
        };
    }
}
