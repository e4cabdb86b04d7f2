package dev.foretell.router.tasks;

/** The status of a task: its state, its trainer, its outcome, and the time of each step. */
public record TaskStatus(TaskState state, TaskRun run, TaskOutcome outcome, TaskTimes times) {}
