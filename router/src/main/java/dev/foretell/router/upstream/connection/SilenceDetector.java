package dev.foretell.router.upstream.connection;

import dev.foretell.router.upstream.pool.Patience;
import dev.foretell.router.upstream.pool.Suspicion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Listens to one worker, on one event loop, as long as it has calls: whether it still says anything, and which calls have
 * waited for longer than it was ever silent by its own history. Confined to its event loop.
 */
public final class SilenceDetector {
    private final Suspicion suspicion;
    private final Watch watch;
    private long knownHeardAtNanos;
    private long heardAtAttentive;
    private boolean watched;
    private boolean heard;

    /** The calls that one worker has, of one event loop. */
    interface Calls {
        List<Exchange> calls();
    }

    /** Looks at workers again and again while they have calls. */
    interface Watch {
        void begin(SilenceDetector silence, Calls calls);
    }

    public SilenceDetector(Suspicion suspicion, Watch watch) {
        this.suspicion = suspicion;
        this.watch = watch;
    }

    /** A call is sent. */
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
     * Looks at it.
     *
     * @param attentive now, by a clock that stands still when the event loop does
     * @return whether to look again: it has calls
     */
    boolean look(Calls waiting, long attentive, long nowNanos) {
        if (heard) {
            heard = false;
            suspicion.onData(nowNanos);
        }
        if (suspicion.lastHeardNanos() != knownHeardAtNanos) {
            knownHeardAtNanos = suspicion.lastHeardNanos();
            heardAtAttentive = attentive;
        }
        List<Exchange> calls = waiting.calls();
        watched = !calls.isEmpty();
        if (watched) {
            judge(calls, attentive, nowNanos);
        }
        return watched;
    }

    /** What makes one call suspect makes all others of its model there. */
    private void judge(List<Exchange> calls, long attentive, long nowNanos) {
        Set<Patience> silent = new HashSet<>(2);
        for (Exchange call : calls) {
            if (!silent.contains(call.patience()) && call.isOverdue(heardAtAttentive, attentive)) {
                silent.add(call.patience());
            }
        }
        if (!silent.isEmpty()) {
            suspicion.fellSilent(nowNanos);
            new ArrayList<>(calls)
                    .stream().filter(call -> silent.contains(call.patience())).forEach(Exchange::isStuck);
        } else {
            wonder(calls, attentive, nowNanos);
        }
    }

    private void wonder(List<Exchange> calls, long attentive, long nowNanos) {
        for (Exchange call : calls) {
            if (call.hasWaited(Suspicion.MIN_NANOS, heardAtAttentive, attentive)) {
                long unasked = call.patience().probeAfterNanos();
                if (call.hasWaited(unasked, heardAtAttentive, attentive)) {
                    suspicion.wonders(nowNanos, unasked);
                    return;
                }
            }
        }
    }
}
