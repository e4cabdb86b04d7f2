package dev.foretell.worker.http;

import dev.foretell.commons.config.Inline;
import dev.foretell.commons.config.Secret;
import dev.foretell.commons.wire.Origins;
import dev.foretell.edge.ConnectionBounds;
import dev.foretell.edge.EdgeMemory;
import dev.foretell.edge.EventLoops;
import java.time.Duration;
import java.util.List;

/** Where a worker listens and what it lets in. */
public record HttpConfig(
        @Inline Listener listener,
        @Inline Callers callers,
        @Inline Bodies bodies,
        @Inline Connections connections) {
    /**
     * Where it listens.
     *
     * @param port 0 for any free one
     * @param eventLoops by what sockets are read and written
     */
    public record Listener(String host, int port, EventLoops eventLoops) {
        public Listener {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
            }
        }
    }

    /**
     * Who may call.
     *
     * @param token what callers must send as {@code Authorization: Token …}; empty for none
     * @param allowOrigins origins of web pages that may call, {@code *} for any
     */
    public record Callers(@Secret String token, List<String> allowOrigins) {
        public Callers {
            allowOrigins = Origins.check(allowOrigins);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "from " + allowOrigins;
        }
    }

    /**
     * What is taken of a call.
     *
     * @param maxBodyBytes the largest body taken
     * @param bodyTimeout the longest that sending a body may take
     */
    public record Bodies(int maxBodyBytes, Duration bodyTimeout) {
        public Bodies {
            if (maxBodyBytes < 1) {
                throw new IllegalArgumentException("max-body-bytes must be at least 1");
            }
            if (bodyTimeout.toMillis() < 1) {
                throw new IllegalArgumentException("body-timeout must be at least 1ms");
            }
        }
    }

    /**
     * What connections may cost.
     *
     * @param maxUnreadBytes while more than this waits for a caller to read it, no further request of its connection is read
     * @param idleTimeout how long a connection may be silent without a call under way, or leave a response untaken
     * @param headTimeout how long the head of a request may take to arrive, and how long a new connection may wait with it
     */
    public record Connections(int maxUnreadBytes, Duration idleTimeout, Duration headTimeout) {
        public Connections {
            var checked = new ConnectionBounds(idleTimeout, headTimeout, maxUnreadBytes);
        }
    }

    /** Longer than a router keeps an idle connection, so that the router closes it first. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

    public static HttpConfig defaults() {
        return new HttpConfig(
                new Listener("127.0.0.1", 9001, EventLoops.AUTO),
                new Callers("", List.of()),
                new Bodies(10 * 1024 * 1024, Duration.ofSeconds(30)),
                new Connections(256 * 1024, IDLE_TIMEOUT, Duration.ofSeconds(10)));
    }

    public HttpConfig at(String host, int port) {
        return with(new Listener(host, port, listener.eventLoops()));
    }

    public HttpConfig on(EventLoops another) {
        return with(new Listener(listener.host(), listener.port(), another));
    }

    private HttpConfig with(Listener another) {
        return new HttpConfig(another, callers, bodies, connections);
    }

    public HttpConfig withToken(String token) {
        return with(new Callers(token, callers.allowOrigins()));
    }

    public HttpConfig withAllowOrigins(List<String> allowOrigins) {
        return with(new Callers(callers.token(), allowOrigins));
    }

    private HttpConfig with(Callers others) {
        return new HttpConfig(listener, others, bodies, connections);
    }

    /** The same with other bounds of bodies. */
    public HttpConfig with(Bodies others) {
        return new HttpConfig(listener, callers, others, connections);
    }

    /** The same settings, with bodies limited to what the memory allows; logs a reduction. */
    HttpConfig clamp(EdgeMemory memory) {
        return with(new Bodies(memory.clamp("http.max-body-bytes", bodies.maxBodyBytes()), bodies.bodyTimeout()));
    }

    public HttpConfig withIdleTimeout(Duration another) {
        Connections others = new Connections(connections.maxUnreadBytes(), another, connections.headTimeout());
        return new HttpConfig(listener, callers, bodies, others);
    }

    /** The bounds of one connection. */
    ConnectionBounds bounds() {
        return new ConnectionBounds(connections.idleTimeout(), connections.headTimeout(), connections.maxUnreadBytes());
    }

    /** Omits the token. */
    @Override
    public String toString() {
        return listener.host() + ":" + listener.port();
    }
}
