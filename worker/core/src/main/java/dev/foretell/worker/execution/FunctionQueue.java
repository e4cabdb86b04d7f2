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
    /** Of those that run: threads that wait for somebody outside to take what they have made. */
    int held;
    /** Threads that do not return and have been replaced. */
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

    /** Threads that run it, and will not for a while run another call. */
    int withoutUse() {
        return stuck + held;
    }

    boolean isForgettable() {
        return waiting.isEmpty() && running == 0 && replaced == 0;
    }
}
