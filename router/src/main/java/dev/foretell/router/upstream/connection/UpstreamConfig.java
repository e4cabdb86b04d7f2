package dev.foretell.router.upstream.connection;

import dev.foretell.commons.config.Inline;
import dev.foretell.commons.config.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the router calls workers.
 *
 * @param connectTimeout how long a connection may take to open
 * @param maxConnections most connections to one worker from one event loop; further calls wait for one
 * @param maxWaiting most calls that wait so; more are sent to another worker or shed
 * @param keepAlive how long an idle connection is kept for the next call; beyond a few, five seconds
 * @param authorization value of the Authorization header that workers want, such as {@code Token XYZ}; none if absent
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
     * How long answers of workers may be, in bytes.
     *
     * @param maxAnswerBytes longest answer that is read from a worker before it is passed on
     * @param streamOver an answer longer than this is passed on in pieces, as streams of items are
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

    /** Without the authorization. */
    @Override
    public String toString() {
        return maxConnections + " connections to a worker";
    }
}
