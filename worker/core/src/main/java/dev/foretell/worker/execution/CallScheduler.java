package dev.foretell.worker.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who runs which call: so many threads at most, begun as they are needed. While one is looking for a call, or on its way to
 * do so, no other is woken for a new one; the one that finds a call while more wait has the next woken. So no call that may
 * begin waits while a thread sleeps and none looks, and a burst of short calls costs a wake-up or two. A thread that does not
 * come back from a call is replaced, as long as there are not many such. Thread-safe; its state is guarded by this object;
 * what is volatile may be read without.
 *
 * @param <T> what stands for a thread
 * @param <C> a call
 */
final class CallScheduler<T extends CallScheduler.Member, C> {
    private final int width;
    /** Most threads of one function that are replaced. */
    private final int spares;

    private final Supplier<T> recruits;
    private final FunctionQueues<C> lines;
    /** The one that worked last is woken first: its caches are warm. */
    private final Deque<T> asleep = new ArrayDeque<>();

    private final Set<T> members = new HashSet<>();
    /** Threads that did not come back from a call and were replaced: as many as the crew is wide, at most. */
    private final Set<T> lost = new HashSet<>();

    private int looking;
    private volatile int stuck;
    private volatile boolean behind;
    private volatile boolean closed;

    /** @param shared whether the threads are there for several functions */
    CallScheduler(int width, boolean shared, Supplier<T> recruits) {
        this.width = width;
        this.spares = shared ? Math.max(1, width / 2) : width;
        this.recruits = recruits;
        this.lines = new FunctionQueues<>(width, shared);
    }

    /** What the crew notes on a thread, guarded by the crew. */
    abstract static class Member {
        private volatile boolean looking;

        @Nullable
        FunctionQueue<?> line;

        /** The line that it did not come back from. */
        @Nullable
        FunctionQueue<?> strandedIn;

        /** Whether it was summoned, or has run out of calls, and is yet to find one or to rest. */
        final boolean isLooking() {
            return looking;
        }
    }

    /** Whom to wake for the call, if anybody. */
    synchronized @Nullable T add(String function, C call) {
        lines.add(function, call);
        return summon();
    }

    /** The thread's next call; it is looking for one, where there is none that may begin. */
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
            thread.line = null;
            lines.leave(line);
        }
    }

    /** Whom to wake for the calls that wait, if anybody: for one that found a call. */
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

    /** Whether a thread should be summoned. */
    boolean isBehind() {
        return behind;
    }

    /** Whether the thread may sleep until it is looking again: not while a call waits that may begin. */
    synchronized boolean rest(T thread) {
        if (!closed && lines.mayBegin()) {
            return false;
        }
        look(thread, false);
        asleep.add(thread);
        return true;
    }

    /** Whether the sleeping thread may end; it has been summoned otherwise. */
    synchronized boolean dismiss(T thread) {
        return asleep.remove(thread) && members.remove(thread);
    }

    /** The thread has ended, or never began. */
    synchronized void lose(T thread) {
        leave(thread);
        asleep.remove(thread);
        members.remove(thread);
        look(thread, false);
    }

    /** The thread does not come back from its call: whom to wake in its place, if anybody. */
    synchronized @Nullable T strand(T thread) {
        FunctionQueue<?> line = thread.line;
        if (line == null) {
            return null;
        }
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

    /** The thread has come back after all: whether there is a place for it. */
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

    /** Whether calls of a function are in vain: all threads that it may have are stuck in it, or all that there are. */
    boolean isVain(String function) {
        return stuck > 0 && (isStuck() || hasNoThread(function));
    }

    private synchronized boolean hasNoThread(String function) {
        FunctionQueue<C> line = lines.of(function);
        return line != null && line.stuck >= lines.share();
    }

    /** Whether all threads are stuck. */
    boolean isStuck() {
        return stuck >= width;
    }

    /** Threads that did not come back from their calls so far. */
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

    /** All threads, those that were replaced too. */
    synchronized Set<T> all() {
        Set<T> all = new HashSet<>(members);
        all.addAll(lost);
        return all;
    }

    /** No call is begun any more. */
    synchronized void close() {
        closed = true;
    }
}
