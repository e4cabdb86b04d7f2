package dev.foretell.worker.registration;

import dev.foretell.commons.identity.WorkerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the routers that a worker is told of share their state, as they must: the worker registers with one, and the others are to
 * know it then. Each of them is asked now and then until it does, or has not for so long that it never will, which is said once.
 * Confined to one event loop.
 */
final class RouterPeers {
    private static final Logger LOG = LoggerFactory.getLogger(RouterPeers.class);

    /** A router may have missed that a worker came, and compares ten seconds later: three renewals are fifteen. */
    private static final int MAX_MISSES = 3;

    private final RouterClient client;
    private final WorkerId worker;
    private final List<String> unsettled;
    private final Map<String, Integer> misses = new HashMap<>();

    RouterPeers(RouterClient client, List<String> routers, WorkerId worker) {
        this.client = client;
        this.worker = worker;
        this.unsettled = new ArrayList<>(routers);
    }

    /** Asks those that have not shown it yet, the worker being registered with {@code home}. */
    void ask(String home) {
        unsettled.remove(home);
        List.copyOf(unsettled)
                .forEach(router -> client.knows(router, worker).onSuccess(isKnown -> note(router, isKnown, home)));
    }

    private void note(String router, boolean isKnown, String home) {
        if (isKnown) {
            unsettled.remove(router);
        } else if (misses.merge(router, 1, Integer::sum) == MAX_MISSES) {
            unsettled.remove(router);
            LOG.warn(
                    "{} does not know this worker, which is registered with {}: they do not share their Redis, and calls to {} do"
                            + " not reach it; name routers of one Redis",
                    router,
                    home,
                    router);
        }
    }
}
