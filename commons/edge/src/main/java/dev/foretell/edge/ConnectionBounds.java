package dev.foretell.edge;

import java.time.Duration;

/**
 * The bounds of a caller's connection.
 *
 * @param idleTimeout maximum silence without a call in flight, and maximum time in which a caller reads nothing of its
 *     response
 * @param headTimeout maximum time for the head of a request to arrive, and for a new connection to start one
 * @param maxUnreadBytes no further request is read while the caller has left more than this unread
 */
public record ConnectionBounds(Duration idleTimeout, Duration headTimeout, int maxUnreadBytes) {
    /** RFC 9112, 3, recommends at least 8000. */
    public static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;

    /** A sensible upper limit: longer responses are passed on in pieces anyway. */
    private static final int LARGEST_UNREAD = 64 * 1024 * 1024;

    public ConnectionBounds {
        if (idleTimeout.toSeconds() < 1 || headTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("idle-timeout must be at least 1s, head-timeout at least 1ms");
        }
        if (maxUnreadBytes < 1024 || maxUnreadBytes > LARGEST_UNREAD) {
            throw new IllegalArgumentException("max-unread-bytes must be from 1024 to " + LARGEST_UNREAD);
        }
    }
}
