package dev.foretell.router.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trainer of a task, and its progress.
 *
 * @param attempts the number of trainers that have had it since a caller queued it
 * @param fence grows with each claim and each end, so a trainer that has lost its task cannot change it
 * @param trainer its present or last trainer; empty before the first
 * @param progress the last progress that a trainer reported; null before the first
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

    /** Ends the claim of its trainer. */
    TaskRun release() {
        return new TaskRun(attempts, fence + 1, trainer, progress);
    }

    /** As {@link #release}; nothing of the work is left to do. */
    TaskRun complete() {
        if (progress instanceof ObjectNode known) {
            ObjectNode done = known.deepCopy().put("done", 1);
            done.remove(List.of("step", "left_ms"));
            return new TaskRun(attempts, fence + 1, trainer, done);
        }
        return release();
    }

    /** As {@link #release}; the attempt does not count. */
    TaskRun giveBack() {
        return new TaskRun(attempts - 1, fence + 1, trainer, progress);
    }

    TaskRun restart() {
        return new TaskRun(0, fence + 1, "", null);
    }
}
