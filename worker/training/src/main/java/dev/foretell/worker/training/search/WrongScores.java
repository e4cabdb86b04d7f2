package dev.foretell.worker.training.search;

import java.util.List;

/** The scores that were told of one of the best candidates are not those that this process computes: a helper was wrong, or lied. */
public final class WrongScores extends RuntimeException {
    private static final long serialVersionUID = 1;
    /** Processors may differ in the last digits. */
    private static final double TOLERANCE = 1e-9;

    private WrongScores(Standing told, String but) {
        super(
                "the scores told of candidate " + told.candidate().number() + " are " + told.scores() + ", but here it "
                        + but,
                null,
                false,
                false);
    }

    static WrongScores ofFailure(Standing told, RuntimeException why) {
        return new WrongScores(told, "fails: " + why.getMessage());
    }

    /** @throws WrongScores if they differ */
    static void requireEqual(Standing told, List<Double> own) {
        for (int fold = 0; fold < own.size(); fold++) {
            double difference = Math.abs(told.scores().get(fold) - own.get(fold));
            boolean isEqual = difference <= TOLERANCE * Math.max(1, Math.abs(own.get(fold)));
            if (!isEqual) {
                throw new WrongScores(told, "has " + own);
            }
        }
    }
}
