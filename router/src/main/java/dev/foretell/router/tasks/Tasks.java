package dev.foretell.router.tasks;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers do with tasks: create, list, cancel, retry, delete. The store has the whole state; a step that another router
 * preceded is computed again. Thread-safe.
 */
public final class Tasks {
    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);
    private static final int MAX_TRIES = 8;

    private final TaskStore store;
    private final Supplier<TasksConfig> config;
    private final Clock clock;
    private final TaskIds ids;
    private volatile BiConsumer<Task, Task> steps = (before, after) -> {};

    /** @param config supplies the present settings */
    public Tasks(TaskStore store, Supplier<TasksConfig> config, Clock clock, RandomGenerator random) {
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.ids = new TaskIds(clock, random);
    }

    /** Calls the listener with a task before and after each change of its state that this router makes. */
    public void onStep(BiConsumer<Task, Task> listener) {
        steps = listener;
    }

    /**
     * Queues a task, or returns the earlier task with the same key.
     *
     * @return fails with {@link FailureKind#QUEUE_FULL}, or {@link FailureKind#CONFLICT} if the key belongs to another order
     */
    public Future<Task> queue(TaskOrder order, TaskOrigin origin) {
        Task task = Task.queue(ids.next(), order, origin, clock.millis());
        return store.create(task, config.get().maxQueued())
                .compose(id -> id.equals(task.id()) ? Future.succeededFuture(task) : require(id))
                .map(kept -> requireSame(kept, origin));
    }

    private static Task requireSame(Task kept, TaskOrigin origin) {
        if (!kept.origin().fingerprint().equals(origin.fingerprint())) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "the Idempotency-Key stands for task " + kept.id() + ", which is another one than this");
        }
        return kept;
    }

    public Future<TaskPage> list(@Nullable TaskState state, String after, int limit) {
        return store.list(state, after, limit);
    }

    /** How many tasks there are now. */
    public Future<TaskSummary> count() {
        return store.open();
    }

    /** Fails with {@link FailureKind#NOT_FOUND}. */
    public Future<Task> require(String id) {
        return TaskIds.isId(id)
                ? store.find(id).map(found -> found.orElseThrow(() -> unknown(id)))
                : Future.failedFuture(unknown(id));
    }

    /** Empty for a task that is not there. */
    public Future<Optional<Task>> find(String id) {
        return store.find(id);
    }

    private static ServingException unknown(String id) {
        return new ServingException(
                FailureKind.NOT_FOUND,
                "there is no task '" + (id.length() > 40 ? id.substring(0, 40) + "…" : id) + "'");
    }

    /** The last lines of its log. */
    public Future<List<String>> log(String id) {
        return require(id).compose(task -> store.log(id));
    }

    /** Ends it at once. Its trainer learns of it with its next report, and can no longer change the task. */
    public Future<Task> cancel(String id) {
        return step(id, task -> task.state() == TaskState.CANCELLED ? task : task.cancel(clock.millis()));
    }

    /** Queues a failed or cancelled task again. */
    public Future<Task> retry(String id) {
        return step(id, Task::retry);
    }

    public Future<Void> delete(String id) {
        return require(id).compose(task -> {
            task.requireEnded();
            return store.delete(task);
        });
    }

    /** Deletes tasks that ended long ago. */
    public Future<Void> deleteOutdated() {
        TasksConfig.Retention limits = config.get().retention();
        return store.listOutdated(clock.millis() - limits.keep().toMillis(), limits.maxKept())
                .compose(
                        old -> Future.join(old.stream().map(this::deleteIfThere).toList()))
                .mapEmpty();
    }

    private Future<Void> deleteIfThere(String id) {
        return store.find(id)
                .compose(found -> found.filter(task -> task.state().isFinal())
                        .map(store::delete)
                        .orElseGet(Future::succeededFuture));
    }

    /** Applies one step to the present task. A step that returns its argument changes nothing. */
    Future<Task> step(String id, UnaryOperator<Task> step) {
        return step(id, step, TaskReport.NONE);
    }

    Future<Task> step(String id, UnaryOperator<Task> step, TaskReport report) {
        return step(id, step, report, MAX_TRIES);
    }

    private Future<Task> step(String id, UnaryOperator<Task> step, TaskReport report, int tries) {
        return require(id).compose(before -> {
            Task after = step.apply(before);
            return after == before
                    ? Future.succeededFuture(before)
                    : commit(before, after, report)
                            .compose(done -> done.map(Future::succeededFuture)
                                    .orElseGet(() -> tries > 1
                                            ? step(id, step, report, tries - 1)
                                            : Future.failedFuture(contention(id))));
        });
    }

    private static ServingException contention(String id) {
        return new ServingException(FailureKind.CONFLICT, "task " + id + " changes too often just now");
    }

    /** Empty if another step came first. */
    Future<Optional<Task>> commit(Task before, Task after, TaskReport report) {
        return store.commit(before, after, report, config.get()).map(done -> {
            if (done && before.state() != after.state()) {
                LOG.info("Task {} is {}{}", after.id(), after.state(), reason(after));
                steps.accept(before, after);
            }
            return done ? Optional.of(after) : Optional.empty();
        });
    }

    private static String reason(Task task) {
        return task.outcome().error().isEmpty() ? "" : ": " + task.outcome().error();
    }
}
