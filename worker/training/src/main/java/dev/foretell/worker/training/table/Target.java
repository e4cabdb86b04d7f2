package dev.foretell.worker.training.table;

/** The known answers, one for each row. */
public sealed interface Target permits ClassTarget, NumberTarget {
    String name();

    TargetKind kind();

    int rows();

    Target select(int[] rows);

    /** How many numbers a model has for each row: one for each class, or the predicted number alone. */
    int outputs();

    /** A row's answer as the numbers that a perfect model would have. */
    double[] outputs(int row);
}
