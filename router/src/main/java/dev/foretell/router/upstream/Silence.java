package dev.foretell.router.upstream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Listens to one worker, on one event loop, as long as it has calls: whether it still says anything, and which calls have
 * waited for longer than it was ever silent by its own history. Confined to its event loop.
 */
final class Silence {
    private final Suspicion suspicion;
    private final Watch watch;
    private boolean watched;
    private boolean heard;

    /** Looks at workers again and again while they have calls. */
    interface Watch {
        void begin(Silence silence, WorkerConnections connections);
    }

    Silence(Suspicion suspicion, Watch watch) {
        this.suspicion = suspicion;
        this.watch = watch;
    }

    /** A call is sent. */
    void watch(WorkerConnections connections) {
        if (!watched) {
            watched = true;
            watch.begin(this, connections);
        }
    }

    void heard() {
        heard = true;
    }

    /**
     * Looks at it.
     *
     * @param sinceNanos no silence is longer than since then: this event loop itself did nothing
     * @return whether to look again: it has calls
     */
    boolean look(WorkerConnections connections, long sinceNanos, long nowNanos) {
        if (heard) {
            heard = false;
            suspicion.heard(nowNanos);
        }
        List<Exchange> calls = connections.calls();
        watched = !calls.isEmpty();
        if (watched) {
            judge(calls, Math.max(suspicion.heardAtNanos(), sinceNanos), nowNanos);
        }
        return watched;
    }

    /** What makes one call suspect makes all others of its model there. */
    private void judge(List<Exchange> calls, long silentSinceNanos, long nowNanos) {
        Set<Exchange.Patience> silent = new HashSet<>(2);
        for (Exchange call : calls) {
            if (!silent.contains(call.patience()) && call.isOverdue(silentSinceNanos, nowNanos)) {
                silent.add(call.patience());
            }
        }
        if (!silent.isEmpty()) {
            suspicion.fellSilent(nowNanos);
            new ArrayList<>(calls)
                    .stream().filter(call -> silent.contains(call.patience())).forEach(Exchange::isStuck);
        }
    }
}
