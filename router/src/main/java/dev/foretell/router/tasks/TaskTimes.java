package dev.foretell.router.tasks;

/** When what happened to a task, in milliseconds since 1970; 0 for not yet. {@code heard} is the last word of its trainer. */
public record TaskTimes(long created, long started, long heard, long finished) {
    TaskTimes start(long now) {
        return new TaskTimes(created, now, now, 0);
    }

    TaskTimes hear(long now) {
        return new TaskTimes(created, started, now, 0);
    }

    TaskTimes finish(long now) {
        return new TaskTimes(created, started, heard, now);
    }

    TaskTimes queue() {
        return new TaskTimes(created, 0, 0, 0);
    }
}
