package dev.foretell.router.http.edge;

import dev.foretell.commons.config.Secret;
import dev.foretell.edge.ConnectionBounds;
import dev.foretell.edge.EdgeMemory;
import dev.foretell.edge.EventLoops;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The router's HTTP face.
 *
 * @param port 0 for a free one
 * @param maxBodyBytes longest request body; longer ones are refused before they are read
 * @param maxAdminBodyBytes longest body that changes something, such as a routing map; model files have a bound of their own
 * @param maxHeaderBytes longest request head
 * @param maxConnections most connections at once
 * @param maxUnreadBytes while more than this waits for a caller to read it, no further request of its connection is read
 * @param idleTimeout how long a connection may be silent without a call under way, or leave an answer untaken
 * @param streamOver a longer body of arguments alone, or one of unknown length, is passed on while it comes in
 * @param maxStreamBytes longest body that is passed on so
 * @param headTimeout how long the head of a request may take to arrive, and how long a new connection may wait with it
 * @param bodyTimeout how long the body of a request may take to arrive; of one that is passed on, from piece to piece
 * @param drainDelay how long the router serves on after it was told to stop and said that it is not ready any more
 * @param drain how long calls in flight may take to finish when the router stops
 * @param writesFrom addresses (CIDR) that may change the routing map
 * @param names by which requests may call the router, beside loopback's, its address and {@code host}
 * @param token what callers send as {@code Authorization: Bearer …} to change things, and to see more than predictions need,
 *     from wherever; null for nothing: then {@code writesFrom} and {@code names} say who may
 * @param accessLog whether every request is logged
 * @param eventLoops by what sockets are read and written
 */
public record HttpConfig(
        String host,
        int port,
        int maxBodyBytes,
        int maxAdminBodyBytes,
        int maxHeaderBytes,
        int maxConnections,
        int streamOver,
        long maxStreamBytes,
        int maxUnreadBytes,
        Duration idleTimeout,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration drainDelay,
        Duration drain,
        List<String> writesFrom,
        List<String> names,
        @Secret @Nullable String token,
        boolean accessLog,
        EventLoops eventLoops) {
    public HttpConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535");
        }
        if (maxBodyBytes < 1024 || maxAdminBodyBytes < 1024 || maxHeaderBytes < 1024 || maxConnections < 1) {
            throw new IllegalArgumentException(
                    "max-body-bytes, max-admin-body-bytes and max-header-bytes must be at least 1024, max-connections at least 1");
        }
        if (streamOver < 0 || maxStreamBytes < streamOver) {
            throw new IllegalArgumentException(
                    "stream-over must be at least 0, and max-stream-bytes at least stream-over");
        }
        var checked = new ConnectionBounds(idleTimeout, headTimeout, maxUnreadBytes);
        if (bodyTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("body-timeout must be at least 1ms");
        }
        if (drainDelay.isNegative() || drain.isNegative()) {
            throw new IllegalArgumentException("drain-delay and drain must not be negative");
        }
        writesFrom = List.copyOf(writesFrom);
        CidrList.parse(writesFrom);
        names = List.copyOf(names);
        AllowedHosts.of(host, names);
        var unused = Token.of(token);
    }

    public static HttpConfig defaults() {
        return new HttpConfig(
                "127.0.0.1",
                8000,
                10 * 1024 * 1024,
                1024 * 1024,
                16 * 1024,
                10_000,
                1024 * 1024,
                1024L * 1024 * 1024,
                256 * 1024,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                List.of("127.0.0.0/8", "::1/128"),
                List.of(),
                null,
                false,
                EventLoops.AUTO);
    }

    /** The same with bodies no longer than memory can hold; says so where that is less. */
    public HttpConfig clamp(EdgeMemory memory) {
        return new HttpConfig(
                host,
                port,
                memory.clamp("http.max-body-bytes", maxBodyBytes),
                memory.clamp("http.max-admin-body-bytes", maxAdminBodyBytes),
                maxHeaderBytes,
                maxConnections,
                streamOver,
                maxStreamBytes,
                maxUnreadBytes,
                idleTimeout,
                headTimeout,
                bodyTimeout,
                drainDelay,
                drain,
                writesFrom,
                names,
                token,
                accessLog,
                eventLoops);
    }

    /** What one connection may cost. */
    public ConnectionBounds bounds() {
        return new ConnectionBounds(idleTimeout, headTimeout, maxUnreadBytes);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
