package dev.foretell.worker.registration;

import java.util.HashMap;
import java.util.Map;

/** The last refusal of each router, so that only changes are logged. Confined to one event loop. */
final class RouterErrors {
    private final Map<String, String> last = new HashMap<>();

    boolean isNew(String router, String trouble) {
        return !trouble.equals(last.put(router, trouble));
    }

    /** Clears them; returns whether there were any. */
    boolean clear() {
        boolean any = !last.isEmpty();
        last.clear();
        return any;
    }
}
