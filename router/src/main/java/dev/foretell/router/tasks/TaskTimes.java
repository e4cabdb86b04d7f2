package dev.foretell.router.tasks;

/**
 * The times of a task's steps, in milliseconds since 1970; 0 for a future step. {@code heard} is the time of its trainer's last
 * report.
 */
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
