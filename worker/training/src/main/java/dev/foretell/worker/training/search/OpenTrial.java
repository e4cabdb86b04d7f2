package dev.foretell.worker.training.search;

/** A trial that another trainer may try, or tries. */
public record OpenTrial(int number, TrialWork work) {}
