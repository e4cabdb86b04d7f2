package dev.foretell.worker.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who runs which call: so many threads at most, begun as they are needed. While one is looking for a call, or on its way to
 * do so, no other is woken for a new one; the one that finds a call while more wait has the next woken. So no call waits while
 * a thread sleeps and none looks, and a burst of short calls costs a wake-up or two. Thread-safe; its state is guarded by this
 * object; {@code backlog} and {@code closed} may be read without.
 *
 * @param <T> what stands for a thread
 * @param <C> a call
 */
final class Crew<T extends Crew.Member, C> {
    private final int width;
    private final Supplier<T> recruits;
    private final Deque<C> waiting = new ArrayDeque<>();
    /** The one that worked last is woken first: its caches are warm. */
    private final Deque<T> asleep = new ArrayDeque<>();

    private final Set<T> members = new HashSet<>();
    private int looking;
    private volatile int backlog;
    private volatile boolean closed;

    Crew(int width, Supplier<T> recruits) {
        this.width = width;
        this.recruits = recruits;
    }

    /** What the crew notes on a thread, guarded by the crew. */
    abstract static class Member {
        private volatile boolean looking;

        /** Whether it was summoned, or has run out of calls, and is yet to find one or to rest. */
        final boolean isLooking() {
            return looking;
        }
    }

    /** Whom to wake for the call, if anybody. */
    synchronized @Nullable T add(C call) {
        waiting.add(call);
        backlog = waiting.size();
        return summon();
    }

    /** The thread's next call; it is looking for one, where there is none. */
    synchronized @Nullable C next(T thread) {
        C call = closed ? null : waiting.poll();
        backlog = waiting.size();
        look(thread, call == null);
        return call;
    }

    /** Whom to wake for the calls that wait, if anybody: for one that looked and found. */
    synchronized @Nullable T summon() {
        if (looking > 0 || waiting.isEmpty() || closed) {
            return null;
        }
        T next = asleep.isEmpty() ? recruit() : asleep.removeLast();
        if (next != null) {
            look(next, true);
        }
        return next;
    }

    private @Nullable T recruit() {
        if (members.size() == width) {
            return null;
        }
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

    /** Whether a call waits. */
    boolean isBehind() {
        return backlog > 0;
    }

    /** Whether the thread may sleep until it is looking again: not while a call waits. */
    synchronized boolean rest(T thread) {
        if (!waiting.isEmpty() && !closed) {
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
        asleep.remove(thread);
        members.remove(thread);
        look(thread, false);
    }

    synchronized void withdraw(C call) {
        waiting.remove(call);
        backlog = waiting.size();
    }

    boolean isClosed() {
        return closed;
    }

    /** No call is begun any more; those who are to be told. */
    synchronized Set<T> close() {
        closed = true;
        return Set.copyOf(members);
    }
}
