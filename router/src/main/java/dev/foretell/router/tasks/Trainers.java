package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.time.ClockWatch;
import dev.foretell.commons.training.EngineName;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What trainers do with tasks: claim, report, finish. A trainer that is silent for a whole lease loses its task to the next one
 * that claims. Thread-safe.
 */
public final class Trainers {
    private static final Logger LOG = LoggerFactory.getLogger(Trainers.class);

    private final TaskStore store;
    private final Tasks tasks;
    private final Supplier<TasksConfig> config;
    private final Clock clock;
    private final LongSupplier nanoClock;
    private final ClockWatch storeClock;
    private volatile long graceEndNanos;

    /** A claimed task; {@code checkpoint} is the state from which to continue, null to start from the beginning. */
    public record Claimed(Task task, @Nullable String checkpoint) {}

    /** A trainer that asks for a task; it gets one for an engine that it has. */
    public record Claimant(String name, Set<EngineName> engines) {
        public Claimant {
            engines = Set.copyOf(engines);
        }
    }

    public Trainers(TaskStore store, Tasks tasks, Supplier<TasksConfig> config, Clock clock, LongSupplier nanoClock) {
        this.store = store;
        this.tasks = tasks;
        this.config = config;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.storeClock = new ClockWatch(nanoClock);
        restartGrace();
    }

    /** Gives each trainer a whole lease from now on, because none could be heard. */
    public void restartGrace() {
        graceEndNanos = nanoClock.getAsLong() + config.get().leases().lease().toNanos();
    }

    /**
     * Remembers that a trainer is there.
     *
     * @param wait how long it waits for a task; after one more lease it is forgotten unless it has one
     */
    public Future<Void> hear(Claimant trainer, Duration wait) {
        return store.hear(
                trainer.name(),
                trainer.engines(),
                wait.plus(config.get().leases().lease()));
    }

    /** The engines of all trainers that are there, at any router. */
    public Future<Set<EngineName>> engines() {
        return store.engines();
    }

    /** Gives a trainer the next task for its engines, those without a trainer first; empty if no task waits. */
    public Future<Optional<Claimed>> claim(Claimant trainer) {
        return store.listLost(trainer.engines())
                .compose(lost -> claimFirst(lost, trainer))
                .compose(claimed -> claimed.isPresent() ? Future.succeededFuture(claimed) : claimNext(trainer))
                .compose(this::withCheckpoint);
    }

    private Future<Optional<Task>> claimFirst(List<TaskStore.Place> places, Claimant trainer) {
        return places.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : claim(places.get(0), trainer)
                        .compose(claimed -> claimed.isPresent()
                                ? Future.succeededFuture(claimed)
                                : claimFirst(places.subList(1, places.size()), trainer));
    }

    private Future<Optional<Task>> claimNext(Claimant trainer) {
        return store.next(trainer.engines())
                .compose(place -> place.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : claim(place.get(), trainer)
                                .compose(claimed ->
                                        claimed.isPresent() ? Future.succeededFuture(claimed) : claimNext(trainer)));
    }

    private Future<Optional<Task>> claim(TaskStore.Place place, Claimant trainer) {
        return store.find(place.task()).compose(found -> {
            Optional<Task> task = found.filter(known -> !known.state().isFinal());
            if (task.isEmpty()) {
                return store.discard(place).map(Optional.empty());
            }
            return task.get().state() == TaskState.QUEUED
                    ? tasks.commit(task.get(), task.get().claim(trainer.name(), clock.millis()), TaskReport.NONE)
                    : Future.succeededFuture(Optional.empty());
        });
    }

    private Future<Optional<Claimed>> withCheckpoint(Optional<Task> claimed) {
        return claimed.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : store.checkpoint(claimed.get().id())
                        .map(checkpoint -> Optional.of(new Claimed(claimed.get(), checkpoint.orElse(null))));
    }

    /**
     * Renews the lease of a task.
     *
     * @return fails with {@link FailureKind#CONFLICT} if the trainer has lost the task; it must then end the task's process
     */
    public Future<Task> report(String id, long fence, TaskReport report) {
        return tasks.step(id, task -> task.hear(fence, report.progress(), clock.millis()), report);
    }

    /** The task, if the trainer still has it; otherwise fails with {@link FailureKind#CONFLICT}. */
    public Future<Task> requireHolder(String id, long fence) {
        return tasks.require(id).map(task -> {
            task.requireHolder(fence);
            return task;
        });
    }

    /** Queues a task again for the next trainer, ahead of those that no trainer has had; fails as {@link #report}. */
    public Future<Task> giveBack(String id, long fence, TaskReport report) {
        return tasks.step(id, task -> task.giveBack(fence), report);
    }

    /** Ends a task successfully; fails as {@link #report}. */
    public Future<Task> succeed(String id, long fence, JsonNode result, TaskReport report) {
        return tasks.step(id, task -> task.succeed(fence, result, clock.millis()), report);
    }

    /** Ends a task as failed; fails as {@link #report}. */
    public Future<Task> fail(String id, long fence, String why, @Nullable JsonNode result, TaskReport report) {
        return tasks.step(id, task -> task.fail(fence, why, result, clock.millis()), report);
    }

    /**
     * Puts the tasks of silent trainers back in the queue. Only one router does so for each task. The store's clock measures the silence:
     * where that jumps ahead, all trainers seem silent, and where it jumps back, a dead one never does.
     */
    public Future<Void> takeBack() {
        return store.time().compose(millis -> {
            Optional<String> jump = storeClock.look(millis);
            if (jump.isPresent()) {
                LOG.info("All trainers get a whole lease: {}", jump.get());
                restartGrace();
                return store.renewLeases();
            }
            return nanoClock.getAsLong() - graceEndNanos < 0 ? Future.succeededFuture() : takeSilent();
        });
    }

    private Future<Void> takeSilent() {
        return store.takeSilent(config.get().leases().lease())
                .compose(silent -> Future.join(silent.stream().map(this::lose).toList()))
                .mapEmpty();
    }

    /** A trainer that has reported meanwhile keeps its task. */
    private Future<Void> lose(TaskStore.Place place) {
        return store.find(place.task()).compose(found -> {
            if (found.isEmpty()) {
                return store.discard(place);
            }
            Task task = found.get();
            return task.state() == TaskState.RUNNING
                    ? tasks.commit(task, task.lose(config.get().leases().attempts(), clock.millis()), TaskReport.NONE)
                            .mapEmpty()
                    : Future.succeededFuture();
        });
    }
}
