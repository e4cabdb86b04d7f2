package dev.foretell.worker.execution;

import java.util.ArrayDeque;
import java.util.Deque;

/** The waiting calls of one function, and the number of its threads. Guarded by the scheduler. */
final class FunctionQueue<C> {
    private final String function;
    private final Deque<C> waiting = new ArrayDeque<>();
    /** Threads in its calls, including stuck ones. */
    int running;
    /** Running threads that do not return and have not been replaced. */
    int stuck;
    /** Running threads whose callers do not read their streams at the moment. */
    int paused;
    /** Threads that do not return and have been replaced. */
    int replaced;

    FunctionQueue(String function) {
        this.function = function;
    }

    String function() {
        return function;
    }

    Deque<C> waiting() {
        return waiting;
    }

    /** Running threads that may not be free for another call for long. */
    int unusable() {
        return stuck + paused;
    }

    boolean isForgettable() {
        return waiting.isEmpty() && running == 0 && replaced == 0;
    }
}
