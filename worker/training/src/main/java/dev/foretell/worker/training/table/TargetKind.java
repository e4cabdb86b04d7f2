package dev.foretell.worker.training.table;

/** What there is to predict: a class or a number. */
public enum TargetKind {
    CLASSIFICATION,
    REGRESSION
}
