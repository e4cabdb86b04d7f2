package dev.foretell.router.http.edge;

import dev.foretell.commons.config.Inline;
import dev.foretell.commons.config.Secret;
import dev.foretell.edge.ConnectionBounds;
import dev.foretell.edge.EdgeMemory;
import dev.foretell.edge.EventLoops;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the router's HTTP server.
 *
 * @param accessLog whether every request is logged
 */
public record HttpConfig(
        @Inline Listener listener,
        @Inline Bodies bodies,
        @Inline Connections connections,
        @Inline Shutdown shutdown,
        @Inline AdminAccess adminAccess,
        boolean accessLog) {
    /**
     * Where the router listens.
     *
     * @param port 0 for a free one
     * @param eventLoops by what sockets are read and written
     */
    public record Listener(String host, int port, EventLoops eventLoops) {
        public Listener {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be from 0 to 65535");
            }
        }
    }

    /**
     * The bounds of bodies, in bytes and in time.
     *
     * @param maxBodyBytes maximum length of a request body; longer ones are refused before they are read
     * @param maxAdminBodyBytes maximum length of a body that changes state, such as a routing map; model files have
     *     their own limit
     * @param streamOver a body of arguments is passed on as it arrives if it is longer than this, or if its length is
     *     unknown
     * @param maxStreamBytes maximum length of a body that is passed on
     * @param bodyTimeout maximum time for a body to arrive; between two pieces for a body that is passed on
     */
    public record Bodies(
            int maxBodyBytes, int maxAdminBodyBytes, int streamOver, long maxStreamBytes, Duration bodyTimeout) {
        public Bodies {
            if (maxBodyBytes < 1024 || maxAdminBodyBytes < 1024) {
                throw new IllegalArgumentException("max-body-bytes and max-admin-body-bytes must be at least 1024");
            }
            if (streamOver < 0 || maxStreamBytes < streamOver) {
                throw new IllegalArgumentException(
                        "stream-over must be at least 0, and max-stream-bytes at least stream-over");
            }
            if (bodyTimeout.toMillis() < 1) {
                throw new IllegalArgumentException("body-timeout must be at least 1ms");
            }
        }

        private Bodies clamp(EdgeMemory memory) {
            return new Bodies(
                    memory.clamp("http.max-body-bytes", maxBodyBytes),
                    memory.clamp("http.max-admin-body-bytes", maxAdminBodyBytes),
                    streamOver,
                    maxStreamBytes,
                    bodyTimeout);
        }
    }

    /**
     * The bounds of connections.
     *
     * @param maxHeaderBytes maximum length of a request head
     * @param maxConnections maximum number of connections
     * @param maxUnreadBytes the next request of a connection is not read while its caller has left more than this
     *     unread; a stream of the dashboard ends then
     * @param maxStreams maximum number of open streams of the dashboard
     * @param idleTimeout maximum silence of a connection without a call in flight, and maximum time in which a caller
     *     reads nothing of its response
     * @param headTimeout maximum time for the head of a request to arrive, and for a new connection to start one
     */
    public record Connections(
            int maxHeaderBytes,
            int maxConnections,
            int maxUnreadBytes,
            int maxStreams,
            Duration idleTimeout,
            Duration headTimeout) {
        public Connections {
            if (maxHeaderBytes < 1024 || maxConnections < 1) {
                throw new IllegalArgumentException(
                        "max-header-bytes must be at least 1024, max-connections at least 1");
            }
            if (maxStreams < 1) {
                throw new IllegalArgumentException("max-streams must be at least 1");
            }
            var checked = new ConnectionBounds(idleTimeout, headTimeout, maxUnreadBytes);
        }
    }

    /**
     * How the router stops.
     *
     * @param drainDelay how long the router keeps serving, as not ready, after it was told to stop
     * @param drain maximum time for calls in flight to finish
     */
    public record Shutdown(Duration drainDelay, Duration drain) {
        public Shutdown {
            if (drainDelay.isNegative() || drain.isNegative()) {
                throw new IllegalArgumentException("drain-delay and drain must not be negative");
            }
        }
    }

    /**
     * Who may do what.
     *
     * @param writesFrom addresses (CIDR) that may change state
     * @param names the router's names, in addition to those of loopback, its address and {@code host}
     * @param token the token that callers send as {@code Authorization: Bearer …} for everything except predictions,
     *     health and metadata, from any address; null without a token: then {@code writesFrom} and {@code names} apply
     */
    public record AdminAccess(
            List<String> writesFrom,
            List<String> names,
            @Secret @Nullable String token) {
        public AdminAccess {
            writesFrom = List.copyOf(writesFrom);
            CidrList.parse(writesFrom);
            names = List.copyOf(names);
            var unused = Token.of(token);
        }

        /** Omits the token. */
        @Override
        public String toString() {
            return "from " + writesFrom;
        }
    }

    public HttpConfig {
        AllowedHosts.of(listener.host(), adminAccess.names());
    }

    public static HttpConfig defaults() {
        return new HttpConfig(
                new Listener("127.0.0.1", 8000, EventLoops.AUTO),
                new Bodies(10 * 1024 * 1024, 1024 * 1024, 1024 * 1024, 1024L * 1024 * 1024, Duration.ofSeconds(30)),
                new Connections(16 * 1024, 10_000, 256 * 1024, 1_000, Duration.ofSeconds(60), Duration.ofSeconds(10)),
                new Shutdown(Duration.ofSeconds(5), Duration.ofSeconds(30)),
                new AdminAccess(List.of("127.0.0.0/8", "::1/128"), List.of(), null),
                false);
    }

    /** The same settings, with bodies limited to what the memory allows; logs a reduction. */
    public HttpConfig clamp(EdgeMemory memory) {
        return new HttpConfig(listener, bodies.clamp(memory), connections, shutdown, adminAccess, accessLog);
    }

    /** The bounds of one connection. */
    public ConnectionBounds bounds() {
        return new ConnectionBounds(connections.idleTimeout(), connections.headTimeout(), connections.maxUnreadBytes());
    }

    /** Omits the token. */
    @Override
    public String toString() {
        return listener.host() + ":" + listener.port();
    }
}
