package dev.foretell.router.admission;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one model: ordered by priority, then by arrival. If it is full, the newest call of the lowest priority
 * makes room for one of a higher priority. Guarded by its {@link ModelLimiter}.
 */
final class WaitingCalls {
    private final Map<Priority, Deque<Waiter>> queues = new EnumMap<>(Priority.class);
    private int size;

    WaitingCalls() {
        for (Priority priority : Priority.values()) {
            queues.put(priority, new ArrayDeque<>());
        }
    }

    int size() {
        return size;
    }

    /** Adds a call if there is room or it can make some; returns the call that lost its place: this one or another. */
    @Nullable
    Waiter offer(Waiter waiter, int capacity) {
        Waiter displaced = size < capacity ? null : dropBelow(waiter.priority());
        if (size >= capacity) {
            return waiter;
        }
        queue(waiter.priority()).addLast(waiter);
        size++;
        return displaced;
    }

    private @Nullable Waiter dropBelow(Priority priority) {
        Priority[] all = Priority.values();
        for (int i = all.length - 1; i > priority.ordinal(); i--) {
            Waiter newest = queue(all[i]).pollLast();
            if (newest != null) {
                size--;
                return newest;
            }
        }
        return null;
    }

    /** Removes and returns the next call; null if none waits. */
    @Nullable
    Waiter poll() {
        for (Deque<Waiter> queue : queues.values()) {
            Waiter oldest = queue.pollFirst();
            if (oldest != null) {
                size--;
                return oldest;
            }
        }
        return null;
    }

    /** Removes a call; false if it is not in the queue. */
    boolean remove(Waiter waiter) {
        boolean removed = queue(waiter.priority()).remove(waiter);
        size -= removed ? 1 : 0;
        return removed;
    }

    Map<Priority, Integer> sizes() {
        Map<Priority, Integer> sizes = new EnumMap<>(Priority.class);
        queues.forEach((priority, queue) -> sizes.put(priority, queue.size()));
        return sizes;
    }

    @SuppressWarnings("NullAway") // every priority has a queue
    private Deque<Waiter> queue(Priority priority) {
        return queues.get(priority);
    }
}
