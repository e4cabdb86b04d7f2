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
final class Lines<C> {
    private final int width;
    private final int reserve;
    private final Map<String, Line<C>> all = new HashMap<>();
    /** Those in which calls wait: who is next, is first. */
    private final Deque<Line<C>> turns = new ArrayDeque<>();

    private int running;

    /** @param shared whether the threads are there for several functions */
    Lines(int width, boolean shared) {
        this.width = width;
        this.reserve = shared && width > 1 ? Math.max(1, width / 4) : 0;
    }

    /** Most threads that one function may have. */
    int share() {
        return width - reserve;
    }

    void add(String function, C call) {
        Line<C> line = all.computeIfAbsent(function, Line::new);
        line.waiting().add(call);
        if (line.waiting().size() == 1) {
            turns.add(line);
        }
    }

    void remove(String function, C call) {
        Line<C> line = all.get(function);
        if (line != null && line.waiting().remove(call)) {
            if (line.waiting().isEmpty()) {
                turns.remove(line);
            }
            forget(line);
        }
    }

    /** Whether a call waits that may begin. */
    boolean mayBegin() {
        for (Line<C> line : turns) {
            if (mayBegin(line)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBegin(Line<C> line) {
        int free = width - running;
        return free > 0 && (line.running == 0 || free > reserve);
    }

    /** The line whose turn it is, which has its turn again after the others; a thread is in it now. Null where none may begin. */
    @Nullable
    Line<C> enterNext() {
        for (Iterator<Line<C>> each = turns.iterator(); each.hasNext(); ) {
            Line<C> line = each.next();
            if (mayBegin(line)) {
                each.remove();
                enter(line);
                return line;
            }
        }
        return null;
    }

    private void enter(Line<C> line) {
        line.running++;
        running++;
    }

    /** The first call of a line that was entered. */
    C take(Line<C> line) {
        C call = line.waiting().remove();
        if (!line.waiting().isEmpty()) {
            turns.add(line);
        }
        return call;
    }

    void leave(Line<?> line) {
        line.running--;
        running--;
        forget(line);
    }

    /** Functions come and go: what is idle is not kept. */
    void forget(Line<?> line) {
        if (line.isForgettable()) {
            all.remove(line.function());
        }
    }

    @Nullable
    Line<C> of(String function) {
        return all.get(function);
    }
}
