package dev.foretell.worker.training.search;

import dev.foretell.worker.training.score.Scoring;

/**
 * What a search is to do.
 *
 * @param populationSize candidates of each generation
 * @param scoring by which candidates are compared
 * @param keep how many of the best get a model file
 * @param trials after how many trials the search is cut; {@link Integer#MAX_VALUE} for no cut
 */
public record SearchPlan(int generations, int populationSize, long seed, Scoring scoring, int keep, int trials) {}
