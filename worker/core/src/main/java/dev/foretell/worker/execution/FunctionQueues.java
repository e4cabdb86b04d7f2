package dev.foretell.worker.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait, by their functions, which take turns. Where threads are shared by several functions, the last quarter
 * of them begins only calls of functions that run nothing: one that holds its threads for long leaves some to the others.
 * Guarded by its crew.
 */
final class FunctionQueues<C> {
    private final int width;
    private final int reserve;
    private final Map<String, FunctionQueue<C>> all = new HashMap<>();
    /** Those in which calls wait: who is next, is first. */
    private final Deque<FunctionQueue<C>> turns = new ArrayDeque<>();

    private int running;

    /** @param shared whether the threads are there for several functions */
    FunctionQueues(int width, boolean shared) {
        this.width = width;
        this.reserve = shared && width > 1 ? Math.max(1, width / 4) : 0;
    }

    /** Most threads that one function may have. */
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

    /** Whether a call waits that may begin. */
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

    /** The line whose turn it is, which has its turn again after the others; a thread is in it now. Null where none may begin. */
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

    /** The first call of a line that was entered. */
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

    /** Functions come and go: what is idle is not kept. */
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
