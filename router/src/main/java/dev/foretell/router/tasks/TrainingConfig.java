package dev.foretell.router.tasks;

/**
 * Training code of users: section {@code training} of the configuration.
 *
 * @param allowSource whether callers who may change the map may send source code, which trainers run; off by default
 */
public record TrainingConfig(boolean allowSource) {
    public static TrainingConfig defaults() {
        return new TrainingConfig(false);
    }
}
