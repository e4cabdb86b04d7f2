package dev.foretell.router.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Redis is there, with one log line each time that changes, or the reason does. Thread-safe. */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final String where;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean here;

    /** What was last said of an absence or a failed command; guarded by this. */
    private String said = "";

    Presence(String where) {
        this.where = where;
    }

    boolean isHere() {
        return here;
    }

    void onReturn(Runnable listener) {
        listeners.add(listener);
    }

    void here() {
        synchronized (this) {
            if (here) {
                return;
            }
            here = true;
            said = "";
            LOG.info("The state store is up: {}", where);
        }
        listeners.forEach(Runnable::run);
    }

    synchronized void away(Throwable failure) {
        String reason = Reason.of(failure).words();
        if (here || !reason.equals(said)) {
            LOG.warn("The state store is away: {}: {}", where, reason);
            LOG.debug("Why it is away", failure);
        }
        here = false;
        said = reason;
    }

    /** Redis refused a command, which by itself says nothing of the others. */
    synchronized void complain(Throwable failure) {
        Reason reason = Reason.of(failure);
        if (here && !reason.isAbsence() && !reason.words().equals(said)) {
            LOG.warn("The state store refused a command: {}: {}", where, reason.words());
            said = reason.words();
        }
    }
}
