package dev.foretell.worker.http;

import dev.foretell.commons.wire.Headers;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failing user code: each {@link Fault} first with its stack, then once a minute with the number of repetitions
 * and the latest requests. A fault without a repetition for a minute is logged with its stack again. Bounded and
 * thread-safe.
 */
final class FaultLog {
    static final long EVERY_MS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final int MAX_FAULTS = 100;

    /** Guarded by itself. */
    private final Map<Fault, Repeats> known = new HashMap<>();

    /**
     * Records a failure.
     *
     * @param what the start of the log line: {@code /fib failed}
     * @param request the request id in other logs
     */
    void tell(String what, String request, Throwable failure) {
        if (isNew(Fault.of(what, failure), request)) {
            LOG.atWarn()
                    .addKeyValue(Headers.LOGGED_REQUEST_ID, request)
                    .setCause(failure)
                    .log("{} (request {})", what, request);
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

    /** Logs the repetitions since the last call. Call it every {@link #EVERY_MS}, and at the end. */
    void report() {
        synchronized (known) {
            known.values().removeIf(Repeats::isNone);
            known.forEach((fault, repeats) -> LOG.warn("{} {}", fault, repeats.takeText()));
        }
    }
}
