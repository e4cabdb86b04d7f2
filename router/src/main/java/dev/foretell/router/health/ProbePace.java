package dev.foretell.router.health;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Starts probes a few at a time, however many are due, so that the event loop can do other work in between. Confined to
 * the monitor's event loop.
 */
final class ProbePace {
    static final int PER_TURN = 16;

    private final Consumer<Runnable> nextTurn;
    private final Queue<Runnable> due = new ArrayDeque<>();
    private int begun;

    /** @param nextTurn runs an action shortly after everything else that is due */
    ProbePace(Consumer<Runnable> nextTurn) {
        this.nextTurn = nextTurn;
    }

    /** Starts this probe at once, unless this turn has already started its share. */
    void begin(Runnable probe) {
        if (begun == 0) {
            nextTurn.accept(this::turn);
        }
        if (begun < PER_TURN) {
            begun++;
            probe.run();
        } else {
            due.add(probe);
        }
    }

    private void turn() {
        begun = 0;
        for (int left = Math.min(PER_TURN, due.size()); left > 0; left--) {
            begin(due.remove());
        }
    }
}
