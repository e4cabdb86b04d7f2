package dev.foretell.router.upstream.connection;

import dev.foretell.commons.config.Inline;
import dev.foretell.commons.config.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the router calls workers.
 *
 * @param connectTimeout maximum time for a connection to open
 * @param maxConnections maximum connections to one worker from one event loop; further calls wait
 * @param maxWaiting maximum calls that wait for a connection; further calls go to another worker or are shed
 * @param keepAlive maximum idle time of a connection; five seconds for connections beyond a few
 * @param authorization the Authorization header for workers, such as {@code Token XYZ}; absent: no header
 */
public record UpstreamConfig(
        Duration connectTimeout,
        int maxConnections,
        int maxWaiting,
        Duration keepAlive,
        @Inline Answers answers,
        @Secret @Nullable String authorization) {
    public UpstreamConfig {
        if (connectTimeout.toMillis() < 1 || keepAlive.toSeconds() < 1) {
            throw new IllegalArgumentException("connect-timeout must be at least 1ms and keep-alive at least 1s");
        }
        if (maxConnections < 1 || maxWaiting < 0) {
            throw new IllegalArgumentException("max-connections must be at least 1, and max-waiting at least 0");
        }
    }

    /**
     * The bounds of workers' responses, in bytes.
     *
     * @param maxAnswerBytes maximum length of a response that is read whole before it is passed on
     * @param streamOver a longer response is passed on in pieces, as NDJSON and event streams always are
     */
    public record Answers(int maxAnswerBytes, int streamOver) {
        public Answers {
            if (maxAnswerBytes < 1 || streamOver < 0) {
                throw new IllegalArgumentException("max-answer-bytes must be at least 1, and stream-over at least 0");
            }
        }
    }

    public static UpstreamConfig defaults() {
        return new UpstreamConfig(
                Duration.ofSeconds(1),
                256,
                1024,
                Duration.ofSeconds(30),
                new Answers(16 * 1024 * 1024, 1024 * 1024),
                null);
    }

    /** Omits the authorization. */
    @Override
    public String toString() {
        return maxConnections + " connections to a worker";
    }
}
