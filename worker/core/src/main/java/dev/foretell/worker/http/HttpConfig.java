package dev.foretell.worker.http;

import dev.foretell.commons.config.Secret;
import dev.foretell.edge.ConnectionBounds;
import dev.foretell.edge.EdgeMemory;
import dev.foretell.edge.EventLoops;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a worker's HTTP server.
 *
 * @param port 0 for any free port
 * @param token the token that callers must send as {@code Authorization: Token …}; empty for no token
 * @param allowOrigins origins of web pages that may call, {@code *} for any
 * @param maxBodyBytes maximum length of a body
 * @param bodyTimeout maximum time for a body to arrive
 * @param maxUnreadBytes the next request of a connection is not read while its caller has left more than this unread
 * @param idleTimeout maximum silence of a connection without a call in flight, and maximum time in which a caller reads
 *     nothing of its response
 * @param headTimeout maximum time for the head of a request to arrive, and for a new connection to start one
 * @param eventLoops the transport of the event loops
 */
public record HttpConfig(
        String host,
        int port,
        @Secret String token,
        List<String> allowOrigins,
        int maxBodyBytes,
        Duration bodyTimeout,
        int maxUnreadBytes,
        Duration idleTimeout,
        Duration headTimeout,
        EventLoops eventLoops) {
    private static final int MAX_UNREAD_BYTES = 256 * 1024;

    /** Longer than a router keeps an idle connection, so that the router closes it first. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(10);

    public HttpConfig(
            String host, int port, String token, List<String> allowOrigins, int maxBodyBytes, Duration bodyTimeout) {
        this(
                host,
                port,
                token,
                allowOrigins,
                maxBodyBytes,
                bodyTimeout,
                MAX_UNREAD_BYTES,
                IDLE_TIMEOUT,
                HEAD_TIMEOUT,
                EventLoops.AUTO);
    }

    public HttpConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535");
        }
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException("max-body-bytes must be at least 1");
        }
        if (bodyTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("body-timeout must be at least 1ms");
        }
        var checked = new ConnectionBounds(idleTimeout, headTimeout, maxUnreadBytes);
        allowOrigins = Origins.check(allowOrigins);
    }

    public static HttpConfig defaults() {
        return new HttpConfig("127.0.0.1", 9001, "", List.of(), 10 * 1024 * 1024, Duration.ofSeconds(30));
    }

    public HttpConfig at(String host, int port) {
        return with(host, port, token, allowOrigins, eventLoops);
    }

    public HttpConfig withToken(String token) {
        return with(host, port, token, allowOrigins, eventLoops);
    }

    public HttpConfig withAllowOrigins(List<String> allowOrigins) {
        return with(host, port, token, allowOrigins, eventLoops);
    }

    /** The same settings, with bodies limited to what the memory allows; logs a reduction. */
    HttpConfig clamp(EdgeMemory memory) {
        return new HttpConfig(
                host,
                port,
                token,
                allowOrigins,
                memory.clamp("http.max-body-bytes", maxBodyBytes),
                bodyTimeout,
                maxUnreadBytes,
                idleTimeout,
                headTimeout,
                eventLoops);
    }

    public HttpConfig withIdleTimeout(Duration another) {
        return new HttpConfig(
                host,
                port,
                token,
                allowOrigins,
                maxBodyBytes,
                bodyTimeout,
                maxUnreadBytes,
                another,
                headTimeout,
                eventLoops);
    }

    public HttpConfig on(EventLoops another) {
        return with(host, port, token, allowOrigins, another);
    }

    private HttpConfig with(String host, int port, String token, List<String> allowOrigins, EventLoops eventLoops) {
        return new HttpConfig(
                host,
                port,
                token,
                allowOrigins,
                maxBodyBytes,
                bodyTimeout,
                maxUnreadBytes,
                idleTimeout,
                headTimeout,
                eventLoops);
    }

    /** The bounds of one connection. */
    ConnectionBounds bounds() {
        return new ConnectionBounds(idleTimeout, headTimeout, maxUnreadBytes);
    }

    /** Omits the token. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
