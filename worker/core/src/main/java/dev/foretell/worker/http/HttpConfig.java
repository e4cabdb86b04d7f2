package dev.foretell.worker.http;

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
 * @param eventLoops by what sockets are read and written
 */
public record HttpConfig(
        String host,
        int port,
        String token,
        List<String> allowOrigins,
        int maxBodyBytes,
        Duration bodyTimeout,
        EventLoops eventLoops) {
    public HttpConfig(
            String host, int port, String token, List<String> allowOrigins, int maxBodyBytes, Duration bodyTimeout) {
        this(host, port, token, allowOrigins, maxBodyBytes, bodyTimeout, EventLoops.AUTO);
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
        allowOrigins = List.copyOf(allowOrigins);
    }

    public static HttpConfig defaults() {
        return new HttpConfig("127.0.0.1", 9001, "", List.of(), 10 * 1024 * 1024, Duration.ofSeconds(30));
    }

    public HttpConfig at(String host, int port) {
        return new HttpConfig(host, port, token, allowOrigins, maxBodyBytes, bodyTimeout, eventLoops);
    }

    public HttpConfig withToken(String token) {
        return new HttpConfig(host, port, token, allowOrigins, maxBodyBytes, bodyTimeout, eventLoops);
    }

    public HttpConfig withAllowOrigins(List<String> allowOrigins) {
        return new HttpConfig(host, port, token, allowOrigins, maxBodyBytes, bodyTimeout, eventLoops);
    }

    public HttpConfig on(EventLoops another) {
        return new HttpConfig(host, port, token, allowOrigins, maxBodyBytes, bodyTimeout, another);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
