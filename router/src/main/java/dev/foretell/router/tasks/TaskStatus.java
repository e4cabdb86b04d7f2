package dev.foretell.router.tasks;

/** Where a task stands: its state, its trainer, its outcome, and when each step happened. */
public record TaskStatus(TaskState state, TaskRun run, TaskOutcome outcome, TaskTimes times) {}
