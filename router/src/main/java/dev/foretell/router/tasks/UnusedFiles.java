package dev.foretell.router.tasks;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Takes away the files that neither a task nor a registered version refers to any more. Thread-safe. */
public final class UnusedFiles {
    private static final int PAGE = 500;

    private final TaskStore store;
    private final TaskFiles files;
    private final Supplier<Set<String>> kept;

    /** @param kept digests of the tables of registered versions, which are there for training again */
    public UnusedFiles(TaskStore store, TaskFiles files, Supplier<Set<String>> kept) {
        this.store = store;
        this.files = files;
        this.kept = kept;
    }

    public Future<Void> sweep() {
        return files.old()
                .compose(old -> old.isEmpty()
                        ? Future.succeededFuture()
                        : findUsed(new HashSet<>(kept.get()), "").compose(used -> remove(old, used)));
    }

    private Future<Void> remove(List<String> old, Set<String> used) {
        return Future.join(old.stream()
                        .filter(digest -> !used.contains(digest))
                        .map(files::remove)
                        .toList())
                .mapEmpty();
    }

    private Future<Set<String>> findUsed(Set<String> found, String after) {
        return store.list(null, after, PAGE).compose(page -> {
            page.tasks().forEach(task -> found.addAll(task.files()));
            return page.next().isEmpty() ? Future.succeededFuture(found) : findUsed(found, page.next());
        });
    }
}
