package dev.foretell.router.retry;

/**
 * How a call may go on after an attempt that failed.
 *
 * @param when what it waits for
 * @param notBeforeMillis wait at least so long: then a worker is back that is busy now
 */
public record RetryDecision(When when, long notBeforeMillis) {
    /** What the next attempt waits for. */
    public enum When {
        /** Nothing, and beyond the budget: the worker is lost, and with it the load that it bore. */
        AT_ONCE,
        /** Nothing: where there is no room in the budget now, there is no such attempt. */
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
