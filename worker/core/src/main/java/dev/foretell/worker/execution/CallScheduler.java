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
    private final FunctionQueues<C> queues;
    /** The thread that worked last is woken first, because its caches are warm. */
    private final Deque<T> asleep = new ArrayDeque<>();

    private final Set<T> members = new HashSet<>();
    /** Threads that did not return from a call and were replaced; at most as many as there are threads. */
    private final Set<T> lost = new HashSet<>();

    private int looking;
    private volatile int stuck;
    private volatile int paused;
    private volatile boolean behind;
    private volatile boolean closed;

    /** @param shared whether several functions share the threads */
    CallScheduler(int width, boolean shared, Supplier<T> recruits) {
        this.width = width;
        this.spares = shared ? Math.max(1, width / 2) : width;
        this.recruits = recruits;
        this.queues = new FunctionQueues<>(width, shared);
    }

    /** The state of a thread, guarded by the scheduler. */
    abstract static class Member {
        private volatile boolean looking;

        @Nullable
        FunctionQueue<?> queue;

        /** Whether its call waits for the caller to read. */
        boolean isPaused;

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
        queues.add(function, call);
        return summon();
    }

    /** The thread's next call; without one that may start, null, and the thread is looking for one. */
    synchronized @Nullable C next(T thread) {
        leave(thread);
        FunctionQueue<C> queue = closed ? null : queues.enterNext();
        thread.queue = queue;
        C call = queue == null ? null : queues.take(queue);
        look(thread, call == null);
        behind = isAnybodyMissing();
        return call;
    }

    private void leave(Member thread) {
        FunctionQueue<?> queue = thread.queue;
        if (queue != null) {
            goOn(thread, queue);
            thread.queue = null;
            queues.leave(queue);
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
        return looking == 0 && !closed && (!asleep.isEmpty() || members.size() < width) && queues.mayBegin();
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
        if (!closed && queues.mayBegin()) {
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
        FunctionQueue<?> queue = thread.queue;
        if (queue == null) {
            return null;
        }
        goOn(thread, queue);
        thread.strandedIn = queue;
        if (lost.size() < width && queue.replaced < spares) {
            queue.replaced++;
            leave(thread);
            members.remove(thread);
            lost.add(thread);
            return summon();
        }
        queue.stuck++;
        stuck++;
        return null;
    }

    /** The thread has returned after all; returns whether there is a place for it. */
    synchronized boolean recover(T thread) {
        FunctionQueue<?> queue = thread.strandedIn;
        if (queue == null) {
            return true;
        }
        thread.strandedIn = null;
        if (lost.remove(thread)) {
            queue.replaced--;
            queues.forget(queue);
            return members.size() < width && members.add(thread);
        }
        queue.stuck--;
        stuck--;
        return true;
    }

    /** The call of the thread waits for its caller to read. Removes and returns the waiting calls that no thread is left for. */
    synchronized List<C> pause(T thread) {
        FunctionQueue<?> queue = thread.queue;
        if (queue == null || thread.isPaused) {
            return List.of();
        }
        thread.isPaused = true;
        queue.paused++;
        paused++;
        if (stuck + paused >= width) {
            return queues.clear();
        }
        FunctionQueue<C> own = queues.of(queue.function());
        return own == null || own.unusable() < queues.share() ? List.of() : queues.clear(own);
    }

    /** The thread goes on with its call. */
    synchronized void goOn(T thread) {
        if (thread.queue != null) {
            goOn(thread, thread.queue);
        }
    }

    private void goOn(Member thread, FunctionQueue<?> queue) {
        if (thread.isPaused) {
            thread.isPaused = false;
            queue.paused--;
            paused--;
        }
    }

    /** Whether all threads that a function may have are stuck in its calls, or all threads in any. */
    boolean isStuck(String function) {
        return stuck > 0 && (isStuck() || stuckIn(function) >= queues.share());
    }

    private synchronized int stuckIn(String function) {
        FunctionQueue<C> queue = queues.of(function);
        return queue == null ? 0 : queue.stuck;
    }

    /** Whether no thread is left for a function, because callers do not read their streams. */
    boolean isPaused(String function) {
        return paused > 0 && (stuck + paused >= width || unusable(function) >= queues.share());
    }

    private synchronized int unusable(String function) {
        FunctionQueue<C> queue = queues.of(function);
        return queue == null ? 0 : queue.unusable();
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
        queues.remove(function, call);
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
