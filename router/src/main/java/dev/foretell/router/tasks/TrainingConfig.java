package dev.foretell.router.tasks;

import java.util.List;

/**
 * What tasks may train with: section {@code training} of the configuration.
 *
 * @param allowSource whether callers who may change the map may send source code, which trainers run; off by default
 * @param sparkHome folder of Spark's distribution on this machine, for the router's own trainer; without it, orders with the engine {@code
 *     spark} are refused unless another trainer has Spark
 * @param sparkMasters addresses of clusters that orders may name; the trainer's own machine may be named in any case
 */
public record TrainingConfig(boolean allowSource, String sparkHome, List<String> sparkMasters) {
    public TrainingConfig {
        sparkMasters = List.copyOf(sparkMasters);
    }

    public static TrainingConfig defaults() {
        return new TrainingConfig(false, "", List.of());
    }

    public boolean hasSpark() {
        return !sparkHome.isBlank();
    }
}
