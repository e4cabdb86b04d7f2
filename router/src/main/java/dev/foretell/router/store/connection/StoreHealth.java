package dev.foretell.router.store.connection;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis responds and accepts writes, with one log line per change of the state or its reason. Thread-safe. */
final class StoreHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

    private final String where;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Availability now = Availability.AWAY;

    /** The last log message about an outage or a failed command; guarded by this. */
    private String given = "";

    StoreHealth(String where) {
        this.where = where;
    }

    Availability now() {
        return now;
    }

    void onReturn(Runnable listener) {
        listeners.add(listener);
    }

    /** Redis responds and accepts writes. */
    void here() {
        synchronized (this) {
            if (now.takesWrites()) {
                return;
            }
            now = Availability.UP;
            given = "";
            LOG.info("The state store is up: {}", where);
        }
        listeners.forEach(Runnable::run);
    }

    synchronized void away(Throwable failure) {
        StoreFailureReason reason = StoreFailureReason.of(failure);
        leave(Availability.AWAY, "is away", reason);
        LOG.debug("Why it is away", failure);
    }

    /** Redis responds but refused a write. */
    synchronized void onWriteRefusal(Throwable failure) {
        StoreFailureReason reason = StoreFailureReason.of(failure);
        leave(Availability.readOnly(reason.words()), "takes no writes", reason);
        LOG.debug("Why it takes no writes", failure);
    }

    private void leave(Availability next, String what, StoreFailureReason reason) {
        if (now.takesWrites() || now.state() != next.state() || !reason.words().equals(given)) {
            LOG.warn("The state store {}: {}: {}", what, where, reason.words());
        }
        now = next;
        given = reason.words();
    }

    /**
     * A command failed. If Redis refuses writes, it counts as unavailable for writes at once; any other failure says
     * nothing about other commands.
     */
    synchronized void onFailure(Throwable failure) {
        StoreFailureReason reason = StoreFailureReason.of(failure);
        if (!now.takesWrites() || reason.isAbsence()) {
            return;
        }
        if (reason.refusal() != null) {
            onWriteRefusal(failure);
        } else if (!reason.words().equals(given)) {
            LOG.warn("The state store refused a command: {}: {}", where, reason.words());
            given = reason.words();
        }
    }
}
