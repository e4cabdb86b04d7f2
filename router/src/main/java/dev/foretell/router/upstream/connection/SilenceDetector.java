package dev.foretell.router.upstream.connection;

import dev.foretell.router.upstream.pool.Patience;
import dev.foretell.router.upstream.pool.Suspicion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Watches one worker on one event loop while it has calls: whether it sends anything, and which calls have waited
 * longer than its history explains. Confined to its event loop.
 */
public final class SilenceDetector {
    private final Suspicion suspicion;
    private final Watch watch;
    private long knownHeardAtNanos;
    private long heardAtAwakeNanos;
    private boolean watched;
    private boolean heard;

    /** The calls of one event loop to one worker. */
    interface Calls {
        List<Exchange> calls();
    }

    /** Checks workers repeatedly while they have calls. */
    interface Watch {
        void begin(SilenceDetector silence, Calls calls);
    }

    public SilenceDetector(Suspicion suspicion, Watch watch) {
        this.suspicion = suspicion;
        this.watch = watch;
    }

    /** A call has been sent. */
    void watch(Calls calls) {
        if (!watched) {
            watched = true;
            watch.begin(this, calls);
        }
    }

    void reset() {
        heard = true;
    }

    /**
     * Checks the worker.
     *
     * @param awakeNanos the current time on a clock that stops when the event loop is blocked
     * @return whether to check again, because it has calls
     */
    boolean look(Calls waiting, long awakeNanos, long nowNanos) {
        if (heard) {
            heard = false;
            suspicion.onData(nowNanos);
        }
        if (suspicion.lastHeardNanos() != knownHeardAtNanos) {
            knownHeardAtNanos = suspicion.lastHeardNanos();
            heardAtAwakeNanos = awakeNanos;
        }
        List<Exchange> calls = waiting.calls();
        watched = !calls.isEmpty();
        if (watched) {
            judge(calls, awakeNanos, nowNanos);
        }
        return watched;
    }

    /** One suspicious call makes all other calls of its model at this worker suspicious. */
    private void judge(List<Exchange> calls, long awakeNanos, long nowNanos) {
        Set<Patience> silent = new HashSet<>(2);
        for (Exchange call : calls) {
            if (!silent.contains(call.patience()) && call.isOverdue(heardAtAwakeNanos, awakeNanos)) {
                silent.add(call.patience());
            }
        }
        if (!silent.isEmpty()) {
            suspicion.fellSilent(nowNanos);
            new ArrayList<>(calls)
                    .stream().filter(call -> silent.contains(call.patience())).forEach(Exchange::onSilence);
        } else {
            wonder(calls, awakeNanos, nowNanos);
        }
    }

    private void wonder(List<Exchange> calls, long awakeNanos, long nowNanos) {
        for (Exchange call : calls) {
            if (call.hasWaited(Suspicion.MIN_NANOS, heardAtAwakeNanos, awakeNanos)) {
                long unasked = call.patience().probeAfterNanos();
                if (call.hasWaited(unasked, heardAtAwakeNanos, awakeNanos)) {
                    suspicion.wonders(nowNanos, unasked);
                    return;
                }
            }
        }
    }
}
