package dev.foretell.worker.training.learn.tree;

/** What boosting makes small: where each row's scores stand, and which step lessens it most. Confined to one thread. */
interface Loss {
    /** The scores to begin with, the same for all rows. */
    double[] start();

    /** How many trees a stage has. */
    int parts();

    /** Fixes what the residuals of this stage's trees are worked out from. */
    void beginStage();

    /** For each row the negative gradient. */
    double[] residuals(int part);

    /** For each node that is a leaf the best step for its rows. */
    double[] steps(int part, double[] residuals, GrownTree tree);

    /** Adds each row's step to its score. */
    void advance(int part, int[] leaves, double[] steps);

    /** A step as an addition to each score. */
    double[] value(int part, double step);
}
