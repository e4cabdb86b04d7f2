package dev.foretell.edge;

import java.time.Duration;

/**
 * What a caller's connection may cost.
 *
 * @param idleTimeout how long it may be silent while no call is under way on it, and how long a caller may leave an answer
 *     untaken
 * @param headTimeout how long the head of a request may take to arrive, and how long a new connection may wait with it
 * @param maxUnreadBytes while more than this waits for the caller to read it, no further request of it is read
 */
public record ConnectionBounds(Duration idleTimeout, Duration headTimeout, int maxUnreadBytes) {
    /** RFC 9112, 3, recommends at least 8000. */
    public static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;

    /** The most that there is use for: what is larger is passed on in pieces anyway. */
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
