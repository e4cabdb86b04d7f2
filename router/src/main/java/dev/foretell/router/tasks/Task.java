package dev.foretell.router.tasks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import org.jspecify.annotations.Nullable;

/**
 * A task at one moment, and what it may become: each step returns the task after it, or throws a {@link ServingException} of the
 * kind {@link FailureKind#CONFLICT} where the state does not allow it.
 *
 * @param status where it stands; flat in the JSON that is kept
 * @param revision counts its steps, from 1
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

    /** @param told null where nothing is new */
    Task hear(long fence, @Nullable JsonNode told, long now) {
        requireHolder(fence);
        return to(state(), run().hear(told), outcome(), times().hear(now));
    }

    Task succeed(long fence, JsonNode result, long now) {
        requireHolder(fence);
        return end(TaskState.SUCCEEDED, new TaskOutcome(result, ""), now);
    }

    /** @param result what there is of one all the same; null for nothing */
    Task fail(long fence, String why, @Nullable JsonNode result, long now) {
        requireHolder(fence);
        return end(TaskState.FAILED, new TaskOutcome(result, why), now);
    }

    /** Its trainer was not heard of for the length of a lease. */
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
        return before.state() == TaskState.RUNNING && state() == TaskState.QUEUED && run().attempts() < before.run().attempts();
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

    /** @throws ServingException {@link FailureKind#CONFLICT} if whoever has this fence does not have the task any more */
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

    /** The file with the trained model; empty where there is none. */
    public String modelDigest() {
        JsonNode result = outcome().result();
        return result == null ? "" : result.path("model").path("digest").asText();
    }
}
