package dev.foretell.worker.training.learn;

import dev.foretell.worker.training.table.Target;

/**
 * What an algorithm learns from.
 *
 * @param rows encoded, and standardised where the algorithm wants that
 * @param seed of all random choices
 * @param threads that may work on it at once
 */
public record Lesson(double[][] rows, Target target, Parameters parameters, long seed, int threads) {}
