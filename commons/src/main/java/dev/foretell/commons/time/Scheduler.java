package dev.foretell.commons.time;

/** Runs an action later, on the event loop or thread that asked: what tests put their own clock behind. */
@FunctionalInterface
public interface Scheduler {
    /** @param millis from now, 1 at least */
    void after(long millis, Runnable action);
}
