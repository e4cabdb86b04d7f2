package dev.foretell.edge;

import dev.foretell.edge.accept.EdgeTransport;
import dev.foretell.edge.loop.FatalLoopError;
import dev.foretell.edge.loop.LoopWatch;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By what the event loops read and write sockets. Netty's io_uring is none of them: a connection that is reset in mid-answer can
 * go unnoticed on it (ADR 31).
 */
public enum EventLoops {
    /** {@link #EPOLL} where this machine has it, else {@link #NIO}. */
    AUTO,
    EPOLL,
    NIO;

    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

    /** {@link LoopWatch} says once what the check of Vert.x says every second. */
    private static final long UNUSED_CHECK_MILLIS = 86_400_000;

    /**
     * A Vert.x of this kind, whose event loops {@link LoopWatch} is to watch once it serves.
     *
     * @throws IllegalStateException if this machine does not have it
     */
    public Vertx vertx() {
        VertxOptions options = new VertxOptions().setBlockedThreadCheckInterval(UNUSED_CHECK_MILLIS);
        Transport transport = transport();
        Vertx vertx = Vertx.builder()
                .with(options)
                .withTransport(new EdgeTransport(transport.name(), transport.implementation()))
                .build();
        vertx.exceptionHandler(EventLoops::uncaught);
        return vertx;
    }

    private static void uncaught(Throwable failure) {
        LOG.error("Unhandled exception", failure);
        FatalLoopError.ifOutOfMemory(failure);
    }

    private Transport transport() {
        if (this == AUTO) {
            return EPOLL.isThere() ? EPOLL.transport() : Transport.NIO;
        }
        Transport wanted = findTransport();
        if (wanted == null || !wanted.available()) {
            throw new IllegalStateException("http.event-loops: this machine has no " + name().toLowerCase(Locale.ROOT));
        }
        return wanted;
    }

    /** Whether this machine has it. */
    public boolean isThere() {
        Transport known = findTransport();
        return this == AUTO || (known != null && known.available());
    }

    /** Null where its library is not on the class path. */
    private @Nullable Transport findTransport() {
        return switch (this) {
            case AUTO -> null;
            case EPOLL -> Transport.EPOLL;
            case NIO -> Transport.NIO;
        };
    }
}
