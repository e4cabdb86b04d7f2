package dev.foretell.router.tasks;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The watchers of tasks at this router. Thread-safe; it calls watchers on the store's thread. */
public final class TaskFeed {
    private static final int MAX_WATCHERS = 256;

    private final Map<String, Set<Runnable>> watchers = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    public TaskFeed(TaskStore store) {
        store.listen(this::tell);
    }

    private void tell(String id) {
        watchers.getOrDefault(id, Set.of()).forEach(Runnable::run);
    }

    /**
     * Calls a watcher after each change of a task, until it is stopped. Some changes may go missing.
     *
     * @return stops it; may be called twice
     * @throws ServingException {@link FailureKind#SHED}
     */
    public Runnable watch(String id, Runnable watcher) {
        if (count.incrementAndGet() > MAX_WATCHERS) {
            count.decrementAndGet();
            throw new ServingException(FailureKind.SHED, MAX_WATCHERS + " callers watch tasks at this router already");
        }
        watchers.computeIfAbsent(id, first -> ConcurrentHashMap.newKeySet()).add(watcher);
        return () -> stop(id, watcher);
    }

    /** The number of watchers. */
    int watchers() {
        return count.get();
    }

    /** Calls all watchers, because the router stops, or had no connection to its store. */
    public void tellAll() {
        watchers.values().forEach(all -> all.forEach(Runnable::run));
    }

    private void stop(String id, Runnable watcher) {
        watchers.computeIfPresent(id, (task, all) -> {
            if (all.remove(watcher)) {
                count.decrementAndGet();
            }
            return all.isEmpty() ? null : all;
        });
    }
}
