package dev.foretell.worker.training.score;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One metric over the folds, in their order. */
public record Spread(List<Double> folds) {
    public Spread {
        folds = List.copyOf(folds);
    }

    Spread plus(Spread later) {
        List<Double> all = new ArrayList<>(folds);
        all.addAll(later.folds);
        return new Spread(all);
    }

    public double mean() {
        return folds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The population standard deviation over the folds; 0 for one fold. */
    public double deviation() {
        double mean = mean();
        return Math.sqrt(folds.stream()
                .mapToDouble(fold -> (fold - mean) * (fold - mean))
                .average()
                .orElseThrow());
    }

    public double least() {
        return Collections.min(folds);
    }

    public double most() {
        return Collections.max(folds);
    }
}
