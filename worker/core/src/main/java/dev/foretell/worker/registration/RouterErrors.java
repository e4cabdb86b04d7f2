package dev.foretell.worker.registration;

import java.util.HashMap;
import java.util.Map;

/** What each router last said no with, so that each change is logged, and nothing else. Confined to one event loop. */
final class RouterErrors {
    private final Map<String, String> last = new HashMap<>();

    boolean isNew(String router, String trouble) {
        return !trouble.equals(last.put(router, trouble));
    }

    /** Forgets them; returns whether there were any. */
    boolean clear() {
        boolean any = !last.isEmpty();
        last.clear();
        return any;
    }
}
