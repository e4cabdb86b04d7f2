package dev.foretell.worker.training.search.space;

import dev.foretell.worker.training.learn.Algorithm;
import java.util.List;

/** The parameters of each algorithm that a search varies. */
final class Genes {
    private Genes() {}

    static List<Gene> of(Algorithm algorithm) {
        return switch (algorithm) {
            case BASELINE -> List.of();
            case DECISION_TREE -> List.of(Gene.whole("max-depth", 1, 15), Gene.wholeFactor("min-leaf", 1, 50));
            case RANDOM_FOREST ->
                List.of(
                        Gene.wholeFactor("trees", 30, 300),
                        Gene.whole("max-depth", 2, 25),
                        Gene.wholeFactor("min-leaf", 1, 20),
                        Gene.number("feature-share", 0.05, 1));
            case GRADIENT_BOOSTING ->
                List.of(
                        Gene.wholeFactor("stages", 30, 600),
                        Gene.factor("learning-rate", 0.02, 0.5),
                        Gene.whole("max-depth", 1, 7),
                        Gene.wholeFactor("min-leaf", 1, 30),
                        Gene.number("feature-share", 0.05, 1));
            case LOGISTIC_REGRESSION -> List.of(Gene.factor("c", 1e-3, 1e3));
            case LINEAR_REGRESSION -> List.of(Gene.factor("alpha", 1e-2, 1e4));
            case HUBER_REGRESSION -> List.of(Gene.number("epsilon", 1.05, 4), Gene.factor("alpha", 1e-6, 1e2));
            case NEAREST_NEIGHBOURS -> List.of(Gene.wholeFactor("neighbours", 1, 60));
        };
    }
}
