package dev.foretell.worker.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Assigns calls to threads: up to a maximum number of threads, started on demand. While one thread is looking for a
 * call, no other is woken for a new one; a thread that finds a call while more are waiting wakes the next thread. So no
 * call that may start waits while a thread sleeps and none is looking, and a burst of short calls costs one or two
 * wake-ups. A thread that does not return from a call is replaced, up to a bound. Thread-safe; this object guards the
 * state, and volatile fields may be read without it.
 *
 * @param <T> represents a thread
 * @param <C> a call
 */
final class CallScheduler<T extends CallScheduler.Member, C> {
    private final int width;
    /** The maximum number of replaced threads of one function. */
    private final int spares;

    private final Supplier<T> recruits;
    private final FunctionQueues<C> lines;
    /** The thread that worked last is woken first, because its caches are warm. */
    private final Deque<T> asleep = new ArrayDeque<>();

    private final Set<T> members = new HashSet<>();
    /** Threads that did not return from a call and were replaced; at most as many as there are threads. */
    private final Set<T> lost = new HashSet<>();

    private int looking;
    private volatile int stuck;
    private volatile int held;
    private volatile boolean behind;
    private volatile boolean closed;

    /** @param shared whether several functions share the threads */
    CallScheduler(int width, boolean shared, Supplier<T> recruits) {
        this.width = width;
        this.spares = shared ? Math.max(1, width / 2) : width;
        this.recruits = recruits;
        this.lines = new FunctionQueues<>(width, shared);
    }

    /** The state of a thread, guarded by the scheduler. */
    abstract static class Member {
        private volatile boolean looking;

        @Nullable
        FunctionQueue<?> line;

        /** Whether it waits, in its call, for somebody outside. */
        boolean isHeld;

        /** The queue of the call that it did not return from. */
        @Nullable
        FunctionQueue<?> strandedIn;

        /** Whether it was woken, or has finished a call, and has not yet found another one or gone to sleep. */
        final boolean isLooking() {
            return looking;
        }
    }

    /** Adds a call; returns the thread to wake, if any. */
    synchronized @Nullable T add(String function, C call) {
        lines.add(function, call);
        return summon();
    }

    /** The thread's next call; without one that may start, null, and the thread is looking for one. */
    synchronized @Nullable C next(T thread) {
        leave(thread);
        FunctionQueue<C> line = closed ? null : lines.enterNext();
        thread.line = line;
        C call = line == null ? null : lines.take(line);
        look(thread, call == null);
        behind = isAnybodyMissing();
        return call;
    }

    private void leave(Member thread) {
        FunctionQueue<?> line = thread.line;
        if (line != null) {
            free(thread, line);
            thread.line = null;
            lines.leave(line);
        }
    }

    /** The thread to wake for waiting calls, if any; called by a thread that has found a call. */
    synchronized @Nullable T summon() {
        if (!isAnybodyMissing()) {
            return null;
        }
        T next = asleep.isEmpty() ? recruit() : asleep.removeLast();
        look(next, true);
        return next;
    }

    private boolean isAnybodyMissing() {
        return looking == 0 && !closed && (!asleep.isEmpty() || members.size() < width) && lines.mayBegin();
    }

    private T recruit() {
        T recruit = recruits.get();
        members.add(recruit);
        return recruit;
    }

    private void look(Member thread, boolean looks) {
        if (thread.looking != looks) {
            thread.looking = looks;
            looking += looks ? 1 : -1;
        }
    }

    /** Whether another thread should be woken. */
    boolean isBehind() {
        return behind;
    }

    /** Whether the thread may sleep; not while a call that may start is waiting. */
    synchronized boolean rest(T thread) {
        if (!closed && lines.mayBegin()) {
            return false;
        }
        look(thread, false);
        asleep.add(thread);
        return true;
    }

    /** Whether the sleeping thread may end; otherwise it has just been woken. */
    synchronized boolean dismiss(T thread) {
        return asleep.remove(thread) && members.remove(thread);
    }

    /** The thread has ended, or could not start. */
    synchronized void lose(T thread) {
        leave(thread);
        asleep.remove(thread);
        members.remove(thread);
        look(thread, false);
    }

    /** The thread does not return from its call; returns the thread to wake in its place, if any. */
    synchronized @Nullable T strand(T thread) {
        FunctionQueue<?> line = thread.line;
        if (line == null) {
            return null;
        }
        free(thread, line);
        thread.strandedIn = line;
        if (lost.size() < width && line.replaced < spares) {
            line.replaced++;
            leave(thread);
            members.remove(thread);
            lost.add(thread);
            return summon();
        }
        line.stuck++;
        stuck++;
        return null;
    }

    /** The thread has returned after all; returns whether there is a place for it. */
    synchronized boolean recover(T thread) {
        FunctionQueue<?> line = thread.strandedIn;
        if (line == null) {
            return true;
        }
        thread.strandedIn = null;
        if (lost.remove(thread)) {
            line.replaced--;
            lines.forget(line);
            return members.size() < width && members.add(thread);
        }
        line.stuck--;
        stuck--;
        return true;
    }

    /** The thread waits in its call for somebody outside: the calls that no thread is left for meanwhile, which are out now. */
    synchronized List<C> hold(T thread) {
        FunctionQueue<?> line = thread.line;
        if (line == null || thread.isHeld) {
            return List.of();
        }
        thread.isHeld = true;
        line.held++;
        held++;
        if (stuck + held >= width) {
            return lines.clear();
        }
        FunctionQueue<C> own = lines.of(line.function());
        return own == null || own.withoutUse() < lines.share() ? List.of() : lines.clear(own);
    }

    /** The thread goes on with its call. */
    synchronized void free(T thread) {
        if (thread.line != null) {
            free(thread, thread.line);
        }
    }

    private void free(Member thread, FunctionQueue<?> line) {
        if (thread.isHeld) {
            thread.isHeld = false;
            line.held--;
            held--;
        }
    }

    /** Whether calls of a function are in vain: all threads that it may have are stuck in it, or all that there are. */
    boolean isVain(String function) {
        return stuck > 0 && (isStuck() || stuckIn(function) >= lines.share());
    }

    private synchronized int stuckIn(String function) {
        FunctionQueue<C> line = lines.of(function);
        return line == null ? 0 : line.stuck;
    }

    /** Whether no thread is left for a function because some that it may have wait for somebody outside. */
    boolean isHeld(String function) {
        return held > 0 && (stuck + held >= width || withoutUse(function) >= lines.share());
    }

    private synchronized int withoutUse(String function) {
        FunctionQueue<C> line = lines.of(function);
        return line == null ? 0 : line.withoutUse();
    }

    /** Whether all threads are stuck. */
    boolean isStuck() {
        return stuck >= width;
    }

    /** The number of threads so far that did not return from their calls. */
    synchronized int abandonedThreads() {
        return lost.size() + stuck;
    }

    synchronized void withdraw(String function, C call) {
        lines.remove(function, call);
        behind = isAnybodyMissing();
    }

    boolean isClosed() {
        return closed;
    }

    /** All threads, including replaced ones. */
    synchronized Set<T> all() {
        Set<T> all = new HashSet<>(members);
        all.addAll(lost);
        return all;
    }

    /** No further call starts. */
    synchronized void close() {
        closed = true;
    }
}
