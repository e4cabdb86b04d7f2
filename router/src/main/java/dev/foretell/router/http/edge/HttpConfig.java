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
     * How long bodies may be, in bytes, and how long they may take.
     *
     * @param maxBodyBytes longest request body; longer ones are refused before they are read
     * @param maxAdminBodyBytes longest body that changes something, such as a routing map; model files have a bound of their own
     * @param streamOver a longer body of arguments alone, or one of unknown length, is passed on while it comes in
     * @param maxStreamBytes longest body that is passed on so
     * @param bodyTimeout how long the body of a request may take to arrive; of one that is passed on, from piece to piece
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
     * What connections may cost.
     *
     * @param maxHeaderBytes longest request head
     * @param maxConnections most connections at once
     * @param maxUnreadBytes while more than this waits for a caller to read it, no further request of its connection is read
     * @param idleTimeout how long a connection may be silent without a call under way, or leave a response untaken
     * @param headTimeout how long the head of a request may take to arrive, and how long a new connection may wait with it
     */
    public record Connections(
            int maxHeaderBytes, int maxConnections, int maxUnreadBytes, Duration idleTimeout, Duration headTimeout) {
        public Connections {
            if (maxHeaderBytes < 1024 || maxConnections < 1) {
                throw new IllegalArgumentException(
                        "max-header-bytes must be at least 1024, max-connections at least 1");
            }
            var checked = new ConnectionBounds(idleTimeout, headTimeout, maxUnreadBytes);
        }
    }

    /**
     * How the router stops.
     *
     * @param drainDelay how long it serves on after it was told to stop and said that it is not ready any more
     * @param drain how long calls in flight may take to finish
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
     * @param writesFrom addresses (CIDR) that may change the routing map
     * @param names by which requests may call the router, beside loopback's, its address and {@code host}
     * @param token what callers send as {@code Authorization: Bearer …} to change things, and to see more than predictions
     *     need, from wherever; null for nothing: then {@code writesFrom} and {@code names} say who may
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

        /** Without the token. */
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
                new Connections(16 * 1024, 10_000, 256 * 1024, Duration.ofSeconds(60), Duration.ofSeconds(10)),
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
