package dev.foretell.router.tasks;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.training.EngineName;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tasks of all routers over restarts, each with its place in the queue. A step changes the task and its place
 * atomically. All methods fail with {@link FailureKind#STATE_STORE_UNAVAILABLE}.
 */
public interface TaskStore {
    /** A place in the queue of the tasks that one engine trains, and its task. */
    record Place(EngineName queue, String entry, String task) {}

    /** Creates the queues if they do not exist, and counts the tasks. */
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

    /** The tasks for these engines that lost their trainers, or were being claimed, the oldest first. */
    Future<List<Place>> listLost(Set<EngineName> engines);

    /** The next task for one of these engines that no trainer has had. */
    Future<Optional<Place>> next(Set<EngineName> engines);

    /** Removes a place without a task. */
    Future<Void> discard(Place place);

    /** The time of the clock by which leases are measured, in milliseconds since 1970. */
    Future<Long> time();

    /** Gives each running task a whole lease by that clock, from now on. */
    Future<Void> renewLeases();

    /** Takes some of the tasks whose leases nobody has renewed for this time, and adds them to the lost ones. */
    Future<List<Place>> takeSilent(Duration lease);

    Future<Void> delete(Task task);

    /** Some of the tasks that ended before this time or exceed this number, the oldest first. */
    Future<List<String>> listOutdated(long endedBeforeMs, int maxKept);

    Future<List<String>> log(String id);

    Future<Optional<String>> checkpoint(String id);

    /** Remembers for a time that a trainer with these engines, and no others, is there; a report on its task prolongs that. */
    Future<Void> hear(String trainer, Set<EngineName> engines, Duration time);

    /** The engines of all trainers that are there. */
    Future<Set<EngineName>> engines();

    /** Calls the listener with the id of each task that any router changed; some may go missing. */
    void listen(Consumer<String> listener);
}
