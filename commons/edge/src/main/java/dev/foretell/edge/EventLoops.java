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
 * The transport of the event loops. Netty's io_uring is not among them: it can miss the reset of a connection during a
 * response (ADR 31).
 */
public enum EventLoops {
    /** {@link #EPOLL} if this machine has it, else {@link #NIO}. */
    AUTO,
    EPOLL,
    NIO;

    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

    /** Effectively off: {@link LoopWatch} logs once what Vert.x would log every second. */
    private static final long UNUSED_CHECK_MILLIS = 86_400_000;

    /**
     * Creates a Vert.x with this transport. {@link LoopWatch} watches its event loops once it serves.
     *
     * @throws IllegalStateException if this machine does not have the transport
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

    /** Whether this machine has the transport. */
    public boolean isThere() {
        Transport known = findTransport();
        return this == AUTO || (known != null && known.available());
    }

    /** Null if the library is not on the class path. */
    private @Nullable Transport findTransport() {
        return switch (this) {
            case AUTO -> null;
            case EPOLL -> Transport.EPOLL;
            case NIO -> Transport.NIO;
        };
    }
}
