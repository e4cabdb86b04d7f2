package dev.foretell.router.tasks;

/**
 * What the process of one task may use.
 *
 * @param timeMs the longest run, in milliseconds
 * @param memoryMb heap, in MiB
 */
public record TaskLimits(long timeMs, int memoryMb) {}
