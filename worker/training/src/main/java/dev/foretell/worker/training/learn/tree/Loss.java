package dev.foretell.worker.training.learn.tree;

/** The loss that boosting minimises, with the scores of each row. Confined to one thread. */
interface Loss {
    /** The first scores, the same for all rows. */
    double[] start();

    /** The number of trees of a stage. */
    int parts();

    /** Starts a stage: the residuals of its trees come from the present scores. */
    void beginStage();

    /** The negative gradient of each row. */
    double[] residuals(int part);

    /** The best step for the rows of each leaf, by node. */
    double[] steps(int part, double[] residuals, GrownTree tree);

    /** Adds each row's step to its score. */
    void advance(int part, int[] leaves, double[] steps);

    /** A step as an addition to each score. */
    double[] value(int part, double step);
}
