package dev.foretell.worker.training.table;

/** What a model predicts: a class or a number. */
public enum TargetKind {
    CLASSIFICATION,
    REGRESSION
}
