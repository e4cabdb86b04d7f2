package dev.foretell.worker.training.search.space;

import dev.foretell.commons.training.AlgorithmParameter;
import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.table.TargetKind;
import java.util.ArrayList;
import java.util.List;

/** Which algorithms a search tries for a table, with which parameters, and how numbers may be scaled. */
public record SearchSpace(List<Algorithm> algorithms) {
    /** Of more rows the neighbours take too long to find. */
    private static final int MOST_ROWS_OF_NEIGHBOURS = 20_000;

    private static final List<Scale> SCALES = List.of(Scale.STANDARD, Scale.RANGE, Scale.QUARTILES);
    private static final List<Algorithm> ORDER = List.of(
            Algorithm.LINEAR_REGRESSION,
            Algorithm.LOGISTIC_REGRESSION,
            Algorithm.GRADIENT_BOOSTING,
            Algorithm.RANDOM_FOREST,
            Algorithm.NEAREST_NEIGHBOURS,
            Algorithm.HUBER_REGRESSION,
            Algorithm.DECISION_TREE);

    public SearchSpace {
        algorithms = List.copyOf(algorithms);
    }

    public static SearchSpace of(TargetKind kind, int rows) {
        return new SearchSpace(ORDER.stream()
                .filter(algorithm -> algorithm.learns(kind))
                .filter(algorithm -> algorithm != Algorithm.NEAREST_NEIGHBOURS || rows <= MOST_ROWS_OF_NEIGHBOURS)
                .toList());
    }

    static List<Scale> scales(Algorithm algorithm) {
        return algorithm.isScaled() ? SCALES : List.of(Scale.NONE);
    }

    static List<Gene> genes(Algorithm algorithm) {
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

    /** One for each algorithm, as it is unless somebody says otherwise. */
    public List<Genome> defaults() {
        return algorithms.stream().map(SearchSpace::byDefault).toList();
    }

    public static Genome byDefault(Algorithm algorithm) {
        List<Double> places = new ArrayList<>();
        for (Gene gene : genes(algorithm)) {
            places.add(algorithm.knownParameters().stream()
                    .filter(parameter -> parameter.name().equals(gene.parameter()))
                    .mapToDouble(AlgorithmParameter::byDefault)
                    .map(gene::place)
                    .findFirst()
                    .orElseThrow());
        }
        return new Genome(algorithm, scales(algorithm).get(0), Genome.ALL_FEATURES, places);
    }
}
