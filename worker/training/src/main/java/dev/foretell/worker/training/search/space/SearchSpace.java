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

    /** One for each algorithm, as it is unless somebody says otherwise. */
    public List<Genome> defaults() {
        return algorithms.stream().map(SearchSpace::byDefault).toList();
    }

    public static Genome byDefault(Algorithm algorithm) {
        List<Double> places = new ArrayList<>();
        for (Gene gene : Genes.of(algorithm)) {
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
