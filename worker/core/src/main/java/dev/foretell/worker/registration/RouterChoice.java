package dev.foretell.worker.registration;

import java.util.List;

/** Chooses one of several routers: the same one while it responds, then the next. Confined to one event loop. */
final class RouterChoice {
    private final List<String> routers;
    private int current;
    private int failed;

    RouterChoice(List<String> routers) {
        this.routers = List.copyOf(routers);
    }

    String current() {
        return routers.get(current);
    }

    int count() {
        return routers.size();
    }

    void onResponse() {
        failed = 0;
    }

    /** Moves to the next router; returns whether that one has not failed since a router last responded. */
    boolean turn() {
        current = (current + 1) % routers.size();
        failed++;
        if (failed < routers.size()) {
            return true;
        }
        failed = 0;
        return false;
    }
}
