package dev.foretell.worker.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The waiting calls by function; functions take turns. If several functions share the threads, the last quarter of the
 * threads starts only calls of functions that have no running call, so that a slow function leaves some threads to the
 * others. Guarded by the scheduler.
 */
final class FunctionQueues<C> {
    private final int width;
    private final int reserve;
    private final Map<String, FunctionQueue<C>> all = new HashMap<>();
    /** The queues with waiting calls; the next turn is first. */
    private final Deque<FunctionQueue<C>> turns = new ArrayDeque<>();

    private int running;

    /** @param shared whether several functions share the threads */
    FunctionQueues(int width, boolean shared) {
        this.width = width;
        this.reserve = shared && width > 1 ? Math.max(1, width / 4) : 0;
    }

    /** The maximum number of threads of one function. */
    int share() {
        return width - reserve;
    }

    void add(String function, C call) {
        FunctionQueue<C> queue = all.computeIfAbsent(function, FunctionQueue::new);
        queue.waiting().add(call);
        if (queue.waiting().size() == 1) {
            turns.add(queue);
        }
    }

    void remove(String function, C call) {
        FunctionQueue<C> queue = all.get(function);
        if (queue != null && queue.waiting().remove(call)) {
            if (queue.waiting().isEmpty()) {
                turns.remove(queue);
            }
            forget(queue);
        }
    }

    /** Takes out all calls that wait for the threads of one function. */
    List<C> clear(FunctionQueue<C> queue) {
        List<C> waiting = List.copyOf(queue.waiting());
        queue.waiting().clear();
        turns.remove(queue);
        forget(queue);
        return waiting;
    }

    /** Takes out all calls that wait. */
    List<C> clear() {
        List<C> waiting = new ArrayList<>();
        List.copyOf(turns).forEach(queue -> waiting.addAll(clear(queue)));
        return waiting;
    }

    /** Whether a call that may start is waiting. */
    boolean mayBegin() {
        for (FunctionQueue<C> queue : turns) {
            if (mayBegin(queue)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBegin(FunctionQueue<C> queue) {
        int free = width - running;
        return free > 0 && (queue.running == 0 || free > reserve);
    }

    /**
     * The queue of the next turn, which gets its next turn after the others; a thread enters it now. Null if no call
     * may start.
     */
    @Nullable
    FunctionQueue<C> enterNext() {
        for (Iterator<FunctionQueue<C>> each = turns.iterator(); each.hasNext(); ) {
            FunctionQueue<C> queue = each.next();
            if (mayBegin(queue)) {
                each.remove();
                enter(queue);
                return queue;
            }
        }
        return null;
    }

    private void enter(FunctionQueue<C> queue) {
        queue.running++;
        running++;
    }

    /** The first call of an entered queue. */
    C take(FunctionQueue<C> queue) {
        C call = queue.waiting().remove();
        if (!queue.waiting().isEmpty()) {
            turns.add(queue);
        }
        return call;
    }

    void leave(FunctionQueue<?> queue) {
        queue.running--;
        running--;
        forget(queue);
    }

    /** Functions come and go, so idle ones are removed. */
    void forget(FunctionQueue<?> queue) {
        if (queue.isForgettable()) {
            all.remove(queue.function());
        }
    }

    @Nullable
    FunctionQueue<C> of(String function) {
        return all.get(function);
    }
}
