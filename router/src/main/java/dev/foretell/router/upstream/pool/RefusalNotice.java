package dev.foretell.router.upstream.pool;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a worker that refuses the router's requests for the operator: once, until it responds normally again.
 * Thread-safe.
 */
final class RefusalNotice {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalNotice.class);

    private volatile int status;

    void begin(Endpoint endpoint, int now) {
        if (status != now) {
            status = now;
            LOG.warn("{} answers calls with {}: {}", endpoint, now, wayOut(now));
        }
    }

    void end() {
        if (status != 0) {
            status = 0;
        }
    }

    private static String wayOut(int status) {
        return switch (status) {
            case 401, 403, 407 ->
                "it refuses the router's token; compare upstream.authorization with the worker's token";
            case 404, 410 ->
                "it does not serve this function; is another program on its port, or was the worker started with other functions?";
            default -> "it takes no predict calls; is another program on its port?";
        };
    }
}
