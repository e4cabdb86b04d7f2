package dev.foretell.worker.training.search.space;

import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.prepare.PreparationOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline in the form that mutates and mixes.
 *
 * @param features a place from 0 to 1 that stands for the share of features kept; all from the middle on
 * @param places those of the algorithm's genes, in their order
 */
public record Genome(Algorithm algorithm, Scale scale, double features, List<Double> places) {
    static final double ALL_FEATURES = 0.75;
    private static final Gene SHARE = Gene.number("features", 0.1, 1);

    public Genome {
        places = List.copyOf(places);
    }

    public Pipeline pipeline(long seed) {
        Map<String, Double> parameters = new HashMap<>();
        List<Gene> genes = Genes.of(algorithm);
        for (int i = 0; i < genes.size(); i++) {
            parameters.put(genes.get(i).parameter(), genes.get(i).value(places.get(i)));
        }
        double share = SHARE.value(Math.min(1, 2 * features));
        return Pipeline.of(algorithm, parameters, seed).with(new PreparationOptions(scale, share));
    }
}
