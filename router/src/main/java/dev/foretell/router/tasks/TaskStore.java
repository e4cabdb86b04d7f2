package dev.foretell.router.tasks;

import dev.foretell.commons.failure.FailureKind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where tasks are kept for all routers and over restarts, each with its place in the queue: a step of a task and of its place are
 * one. All fail with {@link FailureKind#STATE_STORE_UNAVAILABLE}.
 */
public interface TaskStore {
    /** A place in the queue, and whose it is. */
    record Place(String entry, String task) {}

    /** Makes ready what the queue needs, and counts. */
    Future<TaskSummary> open();

    Future<Optional<Task>> find(String id);

    /** @param after the last task of the page before; empty for the first page */
    Future<TaskPage> list(@Nullable TaskState state, String after, int limit);

    /**
     * Keeps a new task, unless its Idempotency-Key has one; fails with {@link FailureKind#QUEUE_FULL}.
     *
     * @return the id of the task that there is
     */
    Future<String> create(Task task, int maxQueued);

    /**
     * Keeps a task's next step with what its trainer tells. A step to the queue by a caller, which is one that begins anew, fails with
     * {@link FailureKind#QUEUE_FULL}.
     *
     * @return false where another step came first
     */
    Future<Boolean> commit(Task before, Task after, TaskReport report, TasksConfig limits);

    /** Those that lost their trainers, or were on their way to one, the oldest first. */
    Future<List<Place>> lost();

    /** The next one that no trainer has had. */
    Future<Optional<Place>> next();

    /** Takes a place away that no task has. */
    Future<Void> discard(Place place);

    /** Takes tasks whose places nobody renewed for so long, and counts them among the lost ones; not all at once. */
    Future<List<Place>> takeSilent(Duration lease);

    Future<Void> delete(Task task);

    /** Those that ended before then, or are more than are kept, the oldest first; not all at once. */
    Future<List<String>> outdated(long endedBeforeMs, int maxKept);

    Future<List<String>> log(String id);

    Future<Optional<String>> checkpoint(String id);

    /** Calls the listener with the id of each task that any router changed; some may go missing. */
    void listen(Consumer<String> listener);
}
