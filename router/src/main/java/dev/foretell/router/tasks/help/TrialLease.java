package dev.foretell.router.tasks.help;

/**
 * The right of a helper to try a trial.
 *
 * @param token grows with each lease of the search: the result of a helper that has lost the trial is known by it
 * @param until when it ends, in milliseconds since 1970, unless the helper is heard of
 */
public record TrialLease(String trainer, long token, long until) {
    boolean hasEnded(long now) {
        return until <= now;
    }
}
