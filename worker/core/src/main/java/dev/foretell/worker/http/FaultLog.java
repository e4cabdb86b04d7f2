package dev.foretell.worker.http;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of code that fails: each {@link Fault} first with its stack, then each minute in a line with how often it came again and which
 * requests it met last. What has not come again within a minute is told with its stack the next time. Bounded, and thread-safe.
 */
final class FaultLog {
    static final long EVERY_MS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final int MAX_FAULTS = 100;

    /** Guarded by itself. */
    private final Map<Fault, Repeats> known = new HashMap<>();

    /**
     * One more failure.
     *
     * @param what failed, as a line begins: {@code /fib failed}
     * @param request what the call is named in other logs
     */
    void tell(String what, String request, Throwable failure) {
        if (isNew(Fault.of(what, failure), request)) {
            LOG.warn("{} (request {})", what, request, failure);
        } else {
            LOG.debug("{} again (request {}): {}", what, request, String.valueOf(failure));
        }
    }

    private boolean isNew(Fault fault, String request) {
        synchronized (known) {
            Fault told = known.size() < MAX_FAULTS || known.containsKey(fault) ? fault : Fault.OTHER;
            Repeats before = known.putIfAbsent(told, new Repeats());
            if (before != null) {
                before.add(request);
            }
            return before == null;
        }
    }

    /** Tells what has come again since the last time; to be called each {@link #EVERY_MS}, and at the end. */
    void report() {
        synchronized (known) {
            known.values().removeIf(Repeats::isNone);
            known.forEach((fault, repeats) -> LOG.warn("{} {}", fault, repeats.told()));
        }
    }
}
