package dev.foretell.router.health;

import dev.foretell.router.health.WorkerStatus.State;
import java.time.Instant;

/** Computes a worker's next status from a probe result. Pure. */
record HealthRule(int failures) {
    WorkerStatus next(WorkerStatus before, ProbeResult result, Instant now) {
        return result.isPass() ? onSuccess(before, now) : onFailure(before, result, now);
    }

    private static WorkerStatus onSuccess(WorkerStatus before, Instant now) {
        return new WorkerStatus(
                State.READY,
                before.state() == State.READY ? before.since() : now,
                before.firstPass() == null ? now : before.firstPass(),
                now,
                0);
    }

    private WorkerStatus onFailure(WorkerStatus before, ProbeResult result, Instant now) {
        int failCount = before.failCount() + 1;
        boolean down = result.isCertain() || failCount >= failures || before.state() == State.DOWN;
        return new WorkerStatus(
                down ? State.DOWN : before.state(),
                down && before.state() != State.DOWN ? now : before.since(),
                before.firstPass(),
                before.lastPass(),
                failCount);
    }
}
