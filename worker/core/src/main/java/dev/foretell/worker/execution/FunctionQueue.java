package dev.foretell.worker.execution;

import java.util.ArrayDeque;
import java.util.Deque;

/** One function's calls: those that wait, and how many threads are in it. Guarded by its crew. */
final class FunctionQueue<C> {
    private final String function;
    private final Deque<C> waiting = new ArrayDeque<>();
    /** Threads of the crew that are in its calls, those that are stuck there among them. */
    int running;
    /** Of those that run: threads that do not come back, in whose place there is no other. */
    int stuck;
    /** Threads that do not come back, in whose place there is another. */
    int replaced;

    FunctionQueue(String function) {
        this.function = function;
    }

    String function() {
        return function;
    }

    Deque<C> queue() {
        return waiting;
    }

    boolean isForgettable() {
        return waiting.isEmpty() && running == 0 && replaced == 0;
    }
}
