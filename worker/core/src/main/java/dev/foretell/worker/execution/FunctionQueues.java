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
        FunctionQueue<C> line = all.computeIfAbsent(function, FunctionQueue::new);
        line.queue().add(call);
        if (line.queue().size() == 1) {
            turns.add(line);
        }
    }

    void remove(String function, C call) {
        FunctionQueue<C> line = all.get(function);
        if (line != null && line.queue().remove(call)) {
            if (line.queue().isEmpty()) {
                turns.remove(line);
            }
            forget(line);
        }
    }

    /** Takes out all calls that wait for the threads of one function. */
    List<C> clear(FunctionQueue<C> line) {
        List<C> waiting = List.copyOf(line.queue());
        line.queue().clear();
        turns.remove(line);
        forget(line);
        return waiting;
    }

    /** Takes out all calls that wait. */
    List<C> clear() {
        List<C> waiting = new ArrayList<>();
        List.copyOf(turns).forEach(line -> waiting.addAll(clear(line)));
        return waiting;
    }

    /** Whether a call that may start is waiting. */
    boolean mayBegin() {
        for (FunctionQueue<C> line : turns) {
            if (mayBegin(line)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBegin(FunctionQueue<C> line) {
        int free = width - running;
        return free > 0 && (line.running == 0 || free > reserve);
    }

    /**
     * The queue of the next turn, which gets its next turn after the others; a thread enters it now. Null if no call
     * may start.
     */
    @Nullable
    FunctionQueue<C> enterNext() {
        for (Iterator<FunctionQueue<C>> each = turns.iterator(); each.hasNext(); ) {
            FunctionQueue<C> line = each.next();
            if (mayBegin(line)) {
                each.remove();
                enter(line);
                return line;
            }
        }
        return null;
    }

    private void enter(FunctionQueue<C> line) {
        line.running++;
        running++;
    }

    /** The first call of an entered queue. */
    C take(FunctionQueue<C> line) {
        C call = line.queue().remove();
        if (!line.queue().isEmpty()) {
            turns.add(line);
        }
        return call;
    }

    void leave(FunctionQueue<?> line) {
        line.running--;
        running--;
        forget(line);
    }

    /** Functions come and go, so idle ones are removed. */
    void forget(FunctionQueue<?> line) {
        if (line.isForgettable()) {
            all.remove(line.function());
        }
    }

    @Nullable
    FunctionQueue<C> of(String function) {
        return all.get(function);
    }
}
