package dev.foretell.worker.training.search;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A line of the leaderboard. It holds no time, so that the same search shows the same bytes. */
public record LeaderboardRow(
        int rank,
        int candidate,
        int generation,
        @JsonUnwrapped Score score,
        @JsonUnwrapped PipelineView pipeline) {
    /**
     * @param score the mean over the folds, the greater the better
     * @param folds on how many the candidate was tried; those with fewer stand below, whatever their score
     */
    public record Score(double score, double deviation, int folds) {}

    static LeaderboardRow of(int rank, Standing standing) {
        Candidate candidate = standing.candidate();
        return new LeaderboardRow(
                rank,
                candidate.number(),
                candidate.generation(),
                new Score(
                        standing.score(),
                        standing.spread().deviation(),
                        standing.scores().size()),
                PipelineView.of(candidate.pipeline()));
    }
}
