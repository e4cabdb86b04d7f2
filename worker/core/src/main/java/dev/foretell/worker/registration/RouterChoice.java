package dev.foretell.worker.registration;

import java.util.List;

/** Which of several routers is spoken to: the same one for as long as it answers, then the next. Confined to one event loop. */
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

    /** Turns to the next one; whether that one has not failed, too, since any answered. */
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
