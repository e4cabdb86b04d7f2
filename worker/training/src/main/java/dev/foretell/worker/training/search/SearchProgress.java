package dev.foretell.worker.training.search;

import java.util.List;
import java.util.Map;

/** How far a search has come. Valid on the thread of the search, during the call that it is told by. */
public interface SearchProgress {
    /** Trials that have ended. */
    int trials();

    /** From 0 to 1. */
    double done();

    /** From 1. */
    int generation();

    List<LeaderboardRow> leaderboard(int rows);

    /** The scores of all trials so far: what a search goes on from. */
    TrialLog log();

    /** The outcomes of trials that ended before their turn, by number. */
    Map<Integer, Trial> early();
}
