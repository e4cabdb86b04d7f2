package dev.foretell.worker.spark;

import dev.foretell.worker.training.pipeline.Pipeline;
import java.util.Objects;
import org.apache.spark.ml.param.Params;

/** The parameters of an order, as Spark's algorithms on trees have them. */
final class TreeSettings {
    /** Thresholds that are tried of each number. Spark's 32 are few for small tables. */
    private static final int BINS = 256;
    /** Of the statistics of nodes that are split in one pass, in MiB; Spark's 256 are half of a small heap. */
    private static final int NODE_MEMORY_MB = 64;

    private final Pipeline pipeline;

    TreeSettings(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    private double number(String name) {
        return Objects.requireNonNull(pipeline.parameters().values().get(name));
    }

    private static <T extends Params> T set(T algorithm, String name, Object value) {
        algorithm.set(algorithm.getParam(name), value);
        return algorithm;
    }

    <T extends Params> T common(T algorithm) {
        set(algorithm, "labelCol", RowFrame.LABEL);
        set(algorithm, "featuresCol", RowFrame.FEATURES);
        set(algorithm, "maxDepth", (int) number("max-depth"));
        set(algorithm, "minInstancesPerNode", (int) number("min-leaf"));
        set(algorithm, "maxBins", BINS);
        set(algorithm, "maxMemoryInMB", NODE_MEMORY_MB);
        return set(algorithm, "seed", pipeline.seed());
    }

    <T extends Params> T forest(T algorithm) {
        set(algorithm, "numTrees", (int) number("trees"));
        set(algorithm, "featureSubsetStrategy", featureShare());
        return common(algorithm);
    }

    <T extends Params> T boosting(T algorithm) {
        set(algorithm, "maxIter", (int) number("stages"));
        set(algorithm, "stepSize", number("learning-rate"));
        set(algorithm, "featureSubsetStrategy", featureShare());
        return common(algorithm);
    }

    private String featureShare() {
        double share = number("feature-share");
        return share == 1 ? "all" : String.valueOf(share);
    }
}
