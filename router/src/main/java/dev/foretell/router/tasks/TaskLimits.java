package dev.foretell.router.tasks;

/**
 * The limits of one task's process.
 *
 * @param timeMs the maximum run, in milliseconds
 * @param memoryMb the heap, in MiB
 */
public record TaskLimits(long timeMs, int memoryMb) {}
