package dev.foretell.router.retry;

/**
 * How a call may go on after an attempt that failed.
 *
 * @param atOnce without waiting and beyond the budget: the worker is lost, and with it the load that it bore
 * @param notBeforeMillis wait at least so long: then a worker is back that is busy now
 */
public record Onward(boolean atOnce, long notBeforeMillis) {
    public static final Onward AT_ONCE = new Onward(true, 0);
    public static final Onward AFTER_BACKOFF = new Onward(false, 0);

    public static Onward whenBack(long millis) {
        return new Onward(false, millis);
    }
}
