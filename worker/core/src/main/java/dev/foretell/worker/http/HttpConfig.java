package dev.foretell.worker.http;

import dev.foretell.commons.config.Secret;
import dev.foretell.edge.ConnectionBounds;
import dev.foretell.edge.EdgeMemory;
import dev.foretell.edge.EventLoops;
import java.time.Duration;
import java.util.List;

/**
 * Where a worker listens and what it lets in.
 *
 * @param port 0 for any free one
 * @param token what callers must send as {@code Authorization: Token …}; empty for none
 * @param allowOrigins origins of web pages that may call, {@code *} for any
 * @param maxBodyBytes the largest body taken
 * @param bodyTimeout the longest that sending a body may take
 * @param maxUnreadBytes while more than this waits for a caller to read it, no further request of its connection is read
 * @param idleTimeout how long a connection may be silent without a call under way, or leave an answer untaken
 * @param headTimeout how long the head of a request may take to arrive, and how long a new connection may wait with it
 * @param eventLoops by what sockets are read and written
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

    /** Longer than a router keeps a connection that it does not use, so that it is the router that closes it. */
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

    /** The same with bodies no longer than memory can hold; says so where that is less. */
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

    /** What one connection may cost. */
    ConnectionBounds bounds() {
        return new ConnectionBounds(idleTimeout, headTimeout, maxUnreadBytes);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
