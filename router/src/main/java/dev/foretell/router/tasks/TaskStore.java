package dev.foretell.router.tasks;

import dev.foretell.commons.failure.FailureKind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tasks of all routers over restarts, each with its place in the queue. A step changes the task and its place
 * atomically. All methods fail with {@link FailureKind#STATE_STORE_UNAVAILABLE}.
 */
public interface TaskStore {
    /** A place in the queue, and its task. */
    record Place(String entry, String task) {}

    /** Creates the queue if it does not exist, and counts the tasks. */
    Future<TaskSummary> open();

    Future<Optional<Task>> find(String id);

    /** @param after the last task of the previous page; empty for the first page */
    Future<TaskPage> list(@Nullable TaskState state, String after, int limit);

    /**
     * Stores a new task, unless its Idempotency-Key already has a task; fails with {@link FailureKind#QUEUE_FULL}.
     *
     * @return the id of the new or the earlier task
     */
    Future<String> create(Task task, int maxQueued);

    /**
     * Stores a task's next step and its trainer's report. A retry by a caller fails with {@link FailureKind#QUEUE_FULL} if the
     * queue is full.
     *
     * @return false if another step came first
     */
    Future<Boolean> commit(Task before, Task after, TaskReport report, TasksConfig limits);

    /** The tasks that lost their trainers, or were being claimed, the oldest first. */
    Future<List<Place>> listLost();

    /** The next task that no trainer has had. */
    Future<Optional<Place>> next();

    /** Removes a place without a task. */
    Future<Void> discard(Place place);

    /** Takes some of the tasks whose leases nobody has renewed for this time, and adds them to the lost ones. */
    Future<List<Place>> takeSilent(Duration lease);

    Future<Void> delete(Task task);

    /** Some of the tasks that ended before this time or exceed this number, the oldest first. */
    Future<List<String>> listOutdated(long endedBeforeMs, int maxKept);

    Future<List<String>> log(String id);

    Future<Optional<String>> checkpoint(String id);

    /** Calls the listener with the id of each task that any router changed; some may go missing. */
    void listen(Consumer<String> listener);
}
