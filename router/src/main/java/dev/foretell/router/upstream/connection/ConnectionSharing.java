package dev.foretell.router.upstream.connection;

import java.util.concurrent.TimeUnit;

/**
 * Decides whether calls to a worker may share a connection, one behind the other. Sharing saves system calls, the
 * largest part of a short call's cost, but a slow response delays the calls behind it. So it is for workers that
 * respond well within one or two milliseconds over many calls: one slow call ends sharing, and some hundreds of fast
 * ones restore it.
 *
 * <p>With many calls side by side, each on a connection of its own, a fast worker looks slow: a call's time is mostly the
 * queue at a busy processor. A trial tells the two apart. A few calls are sent behind others, and the worker's time for
 * such a call begins when the response before it is read: next to nothing if the worker is fast, and the whole time if it
 * is slow. A trial delays at most {@link #TRIAL_CALLS} calls, and failed ones become rare. Confined to one event loop.
 */
final class ConnectionSharing {
    /** The maximum number of calls on one connection. */
    static final int SHARED_DEPTH = 64;

    private static final double FAST_NANOS = 2e6;
    private static final double WEIGHT = 1.0 / 64;
    /** The average starts slow, so that a worker needs about 150 fast responses first. */
    private static final double UNPROVEN_NANOS = 20e6;

    /** Calls that are sent behind others in one trial. */
    static final int TRIAL_CALLS = 3;
    /** The maximum number of calls on a connection in a trial. */
    static final int TRIAL_DEPTH = 1 + TRIAL_CALLS;

    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private double average = UNPROVEN_NANOS;
    private boolean never;
    private long trialAtNanos;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private int trialSent = TRIAL_CALLS;
    private int trialSeen;
    private long trialNanos;

    ConnectionSharing(long nowNanos) {
        trialAtNanos = nowNanos + FIRST_PAUSE_NANOS;
    }

    /** The maximum number of calls on a connection now. */
    int depth() {
        return average < FAST_NANOS && !never ? SHARED_DEPTH : 1;
    }

    /** Records the time from when the worker could start a call to its response. */
    void observe(long serviceNanos) {
        average += (serviceNanos - average) * WEIGHT;
    }

    /**
     * Whether this call is one of a trial, to be sent behind another call. Asked for calls to an echoing worker with many
     * calls in flight while {@link #depth} is 1.
     */
    boolean takesTrialCall(long nowNanos) {
        if (trialSent == TRIAL_CALLS) {
            if (never || nowNanos - trialAtNanos < 0) {
                return false;
            }
            beginTrial(nowNanos);
        }
        trialSent++;
        return true;
    }

    private void beginTrial(long nowNanos) {
        trialSent = 0;
        trialSeen = 0;
        trialNanos = 0;
        trialAtNanos = nowNanos + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, MAX_PAUSE_NANOS);
    }

    /** Records the time from the response before it to the response of a call that was sent behind another. */
    void observeFollower(long serviceNanos) {
        observe(serviceNanos);
        if (depth() == 1 && trialSeen < TRIAL_CALLS) {
            trialSeen++;
            trialNanos += serviceNanos;
            if (trialSeen == TRIAL_CALLS && trialNanos < TRIAL_CALLS * FAST_NANOS / 4) {
                average = (double) trialNanos / TRIAL_CALLS;
                pauseNanos = FIRST_PAUSE_NANOS;
            }
        }
    }

    /** A call has delayed others: the worker has to prove itself again. */
    void distrust() {
        average = Math.max(average, UNPROVEN_NANOS);
        trialSeen = TRIAL_CALLS;
    }

    /** A shared connection broke: the worker may not support several calls on one connection. */
    void neverShareAgain() {
        never = true;
    }
}
