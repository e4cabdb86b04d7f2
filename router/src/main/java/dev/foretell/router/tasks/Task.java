package dev.foretell.router.tasks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task at one moment, and its state machine: each step returns the next state of the task, or throws a {@link
 * ServingException} with {@link FailureKind#CONFLICT} if the present state does not allow it. Immutable.
 *
 * @param status its present status; flat in the stored JSON
 * @param revision the number of its steps, from 1
 */
public record Task(
        String id,
        TaskOrder order,
        TaskOrigin origin,
        @JsonUnwrapped TaskStatus status,
        long revision) {
    static Task queue(String id, TaskOrder order, TaskOrigin origin, long now) {
        TaskStatus queued =
                new TaskStatus(TaskState.QUEUED, TaskRun.NONE, TaskOutcome.NONE, new TaskTimes(now, 0, 0, 0));
        return new Task(id, order, origin, queued, 1);
    }

    private Task to(TaskState next, TaskRun running, TaskOutcome came, TaskTimes at) {
        return new Task(id, order, origin, new TaskStatus(next, running, came, at), revision + 1);
    }

    public TaskState state() {
        return status.state();
    }

    public TaskRun run() {
        return status.run();
    }

    public TaskOutcome outcome() {
        return status.outcome();
    }

    public TaskTimes times() {
        return status.times();
    }

    Task claim(String by, long now) {
        require(state() == TaskState.QUEUED, "is not queued");
        return to(TaskState.RUNNING, run().claim(by), TaskOutcome.NONE, times().start(now));
    }

    /** @param told the new progress; null without news */
    Task hear(long fence, @Nullable JsonNode told, long now) {
        requireHolder(fence);
        return to(state(), run().hear(told), outcome(), times().hear(now));
    }

    Task succeed(long fence, JsonNode result, long now) {
        requireHolder(fence);
        return to(TaskState.SUCCEEDED, run().complete(), new TaskOutcome(result, ""), times().finish(now));
    }

    /** @param result a partial result; null without one */
    Task fail(long fence, String why, @Nullable JsonNode result, long now) {
        requireHolder(fence);
        return end(TaskState.FAILED, new TaskOutcome(result, why), now);
    }

    /** Takes it from a trainer that was silent for a whole lease. */
    Task lose(int maxAttempts, long now) {
        require(state() == TaskState.RUNNING, "is not running");
        String why = "trainer " + run().trainer() + " fell silent";
        return run().attempts() < maxAttempts
                ? to(TaskState.QUEUED, run().release(), TaskOutcome.of(why), times().queue())
                : end(
                        TaskState.FAILED,
                        TaskOutcome.of(why + ", the last of " + run().attempts() + " that had it"),
                        now);
    }

    /** Its trainer stops: as if that one had never had it. */
    Task giveBack(long fence) {
        requireHolder(fence);
        TaskOutcome why = TaskOutcome.of("trainer " + run().trainer() + " stopped");
        return to(TaskState.QUEUED, run().giveBack(), why, times().queue());
    }

    /** Whether the step from that task to this one was {@link #giveBack}. */
    public boolean isGivenBackBy(Task before) {
        return before.state() == TaskState.RUNNING
                && state() == TaskState.QUEUED
                && run().attempts() < before.run().attempts();
    }

    Task cancel(long now) {
        require(!state().isFinal(), "has ended");
        return end(TaskState.CANCELLED, TaskOutcome.NONE, now);
    }

    Task retry() {
        require(state() == TaskState.FAILED || state() == TaskState.CANCELLED, "has neither failed nor been cancelled");
        return to(TaskState.QUEUED, run().restart(), TaskOutcome.NONE, times().queue());
    }

    private Task end(TaskState as, TaskOutcome came, long now) {
        return to(as, run().release(), came, times().finish(now));
    }

    /** @throws ServingException {@link FailureKind#CONFLICT} if the trainer with this fence has lost the task */
    public void requireHolder(long fence) {
        require(state() == TaskState.RUNNING && fence == run().fence(), "is not this trainer's any more");
    }

    void requireEnded() {
        require(state().isFinal(), "has not ended: cancel it first");
    }

    private void require(boolean allowed, String otherwise) {
        if (!allowed) {
            throw new ServingException(FailureKind.CONFLICT, "task " + id + " " + otherwise + ": it is " + state());
        }
    }

    /** The digest of the trained model; empty without a model. */
    public String modelDigest() {
        JsonNode result = outcome().result();
        return result == null ? "" : result.path("model").path("digest").asText();
    }

    /** The files that it needs: its table, its model, and the models behind the best of a search. */
    Set<String> files() {
        Set<String> files = new HashSet<>(List.of(order.data().digest(), modelDigest()));
        JsonNode result = outcome().result();
        if (result != null) {
            result.path("runners_up").forEach(digest -> files.add(digest.asText()));
        }
        return files;
    }
}
