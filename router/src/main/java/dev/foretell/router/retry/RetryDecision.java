package dev.foretell.router.retry;

/**
 * How a call may continue after a failed attempt.
 *
 * @param when what the next attempt waits for
 * @param notBeforeMillis the minimum wait, after which a busy worker returns
 */
public record RetryDecision(When when, long notBeforeMillis) {
    /** What the next attempt waits for. */
    public enum When {
        /** Nothing, and the budget does not apply: the worker is lost, and its load with it. */
        AT_ONCE,
        /** Nothing, but only if the budget has room now. */
        IF_ROOM,
        /** A backoff, and room in the budget. */
        BACKED_OFF
    }

    public static final RetryDecision AT_ONCE = new RetryDecision(When.AT_ONCE, 0);
    public static final RetryDecision IF_ROOM = new RetryDecision(When.IF_ROOM, 0);
    public static final RetryDecision AFTER_BACKOFF = new RetryDecision(When.BACKED_OFF, 0);

    public static RetryDecision whenBack(long millis) {
        return new RetryDecision(When.BACKED_OFF, millis);
    }
}
