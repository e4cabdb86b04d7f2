package dev.foretell.worker.registration;

import dev.foretell.commons.identity.WorkerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the routers of a worker share their state, as they must: the worker registers at one of them, and the
 * others must then know it. It asks each of them from time to time until it does, or until it has not for so long that
 * it never will; that is logged once. Confined to one event loop.
 */
final class RouterPeers {
    private static final Logger LOG = LoggerFactory.getLogger(RouterPeers.class);

    /** A router may have missed the registration, and reconciles ten seconds later; three renewals take fifteen. */
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

    /** Asks the routers that have not confirmed it yet; the worker is registered at {@code home}. */
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
