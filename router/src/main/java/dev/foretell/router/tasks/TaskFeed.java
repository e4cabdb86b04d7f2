package dev.foretell.router.tasks;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who watches which task at this router. Thread-safe; listeners are called on the store's thread. */
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
     * Has a watcher called after each change, of which some may go missing, until it is stopped; harmless twice.
     *
     * @return stops it
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

    /** How many watch. */
    int watching() {
        return count.get();
    }

    /** Tells all watchers that something has changed: the router stops, or was without its store for a while. */
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
