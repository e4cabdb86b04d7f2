package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Who has a task, and how far they are.
 *
 * @param attempts how many trainers have had it since it was queued by a caller
 * @param fence grows with each claim and each end, so that a trainer that lost its task can change nothing any more
 * @param trainer who has it, or had it last; empty for nobody
 * @param progress what its trainer tells of it; null for nothing yet
 */
public record TaskRun(
        int attempts, long fence, String trainer, @Nullable JsonNode progress) {
    public TaskRun {
        progress = progress == null || progress.isNull() ? null : progress;
    }

    static final TaskRun NONE = new TaskRun(0, 0, "", null);

    TaskRun claim(String by) {
        return new TaskRun(attempts + 1, fence + 1, by, progress);
    }

    TaskRun hear(@Nullable JsonNode told) {
        return told == null ? this : new TaskRun(attempts, fence, trainer, told);
    }

    /** From now on nobody has it. */
    TaskRun release() {
        return new TaskRun(attempts, fence + 1, trainer, progress);
    }

    /** As {@link #release}; the attempt does not count. */
    TaskRun giveBack() {
        return new TaskRun(attempts - 1, fence + 1, trainer, progress);
    }

    TaskRun restart() {
        return new TaskRun(0, fence + 1, "", null);
    }
}
