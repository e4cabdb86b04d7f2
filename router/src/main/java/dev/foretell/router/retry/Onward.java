package dev.foretell.router.retry;

/**
 * How a call may go on after an attempt that failed.
 *
 * @param when what it waits for
 * @param notBeforeMillis wait at least so long: then a worker is back that is busy now
 */
public record Onward(When when, long notBeforeMillis) {
    /** What the next attempt waits for. */
    public enum When {
        /** Nothing, and beyond the budget: the worker is lost, and with it the load that it bore. */
        AT_ONCE,
        /** Nothing: where there is no room in the budget now, there is no such attempt. */
        IF_ROOM,
        /** A backoff, and room in the budget. */
        BACKED_OFF
    }

    public static final Onward AT_ONCE = new Onward(When.AT_ONCE, 0);
    public static final Onward IF_ROOM = new Onward(When.IF_ROOM, 0);
    public static final Onward AFTER_BACKOFF = new Onward(When.BACKED_OFF, 0);

    public static Onward whenBack(long millis) {
        return new Onward(When.BACKED_OFF, millis);
    }
}
