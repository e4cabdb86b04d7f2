package dev.foretell.worker.training.search;

import java.util.List;

/**
 * What came of a search.
 *
 * @param trials how many have ended: where it was cut, if it was
 * @param isCut whether it ended before its last generation did, by the clock or by the order's number of trials
 * @param candidates how many have at least one score
 * @param baseline the score of the mean or majority on the folds it was tried on; {@code NaN} where it was not
 * @param finalists the best, in order, trained on all rows; at least one
 */
public record SearchOutcome(
        int trials,
        boolean isCut,
        int candidates,
        double baseline,
        List<LeaderboardRow> leaderboard,
        List<Finalist> finalists) {
    public SearchOutcome {
        leaderboard = List.copyOf(leaderboard);
        finalists = List.copyOf(finalists);
    }
}
