package dev.foretell.worker.training.table;

/** The known targets, one for each row. */
public sealed interface Target permits ClassTarget, NumberTarget {
    String name();

    TargetKind kind();

    int rows();

    Target select(int[] rows);

    /** The count of scores of a row: one per class, or the predicted number alone. */
    int outputs();

    /** The target of a row as the scores of a perfect model. */
    double[] outputs(int row);
}
