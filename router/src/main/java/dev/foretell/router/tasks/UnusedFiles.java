package dev.foretell.router.tasks;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes away the files that no task refers to any more. Thread-safe. */
public final class UnusedFiles {
    private static final int PAGE = 500;

    private final TaskStore store;
    private final TaskFiles files;

    public UnusedFiles(TaskStore store, TaskFiles files) {
        this.store = store;
        this.files = files;
    }

    public Future<Void> sweep() {
        return files.old()
                .compose(old -> old.isEmpty()
                        ? Future.succeededFuture()
                        : used(new HashSet<>(), "").compose(used -> remove(old, used)));
    }

    private Future<Void> remove(List<String> old, Set<String> used) {
        return Future.join(old.stream()
                        .filter(digest -> !used.contains(digest))
                        .map(files::remove)
                        .toList())
                .mapEmpty();
    }

    private Future<Set<String>> used(Set<String> found, String after) {
        return store.list(null, after, PAGE).compose(page -> {
            page.tasks().forEach(task -> {
                found.add(task.order().data().digest());
                found.add(task.modelDigest());
            });
            return page.next().isEmpty() ? Future.succeededFuture(found) : used(found, page.next());
        });
    }
}
