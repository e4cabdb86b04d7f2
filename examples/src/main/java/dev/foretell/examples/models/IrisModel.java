package dev.foretell.examples.models;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.foretell.examples.Iris;
import java.util.List;

/**
 * Logistic regression over {@code iris.csv}, in the format of a scikit-learn export: {@code X} with the four measures
 * of each flower, to {@code output_label} with its class (0 setosa, 1 versicolor, 2 virginica) and {@code
 * output_probability} with a map from class to probability.
 */
final class IrisModel {
    private static final List<String> SPECIES = List.of("setosa", "versicolor", "virginica");

    private IrisModel() {}

    /** @param penalty the penalty on large weights; another one gives another version */
    static byte[] file(double penalty) {
        Logistic learned = train(penalty);
        return new OnnxFile("iris", "species of an iris by its measures in cm: 0 setosa, 1 versicolor, 2 virginica")
                .input("X", -1, 4)
                .node(OnnxNode.ml("LinearClassifier", "X", "output_label", "raw")
                        .with("coefficients", learned.coefficients())
                        .with("intercepts", learned.intercepts())
                        .withEach("classlabels_ints", 0, 1, 2)
                        .with("multi_class", 1)
                        .with("post_transform", "SOFTMAX"))
                .node(OnnxNode.ml("Normalizer", "raw", "probabilities").with("norm", "L1"))
                .node(OnnxNode.ml("ZipMap", "probabilities", "output_probability")
                        .withEach("classlabels_int64s", 0, 1, 2))
                .output("output_label", DataType.INT64, -1)
                .outputOfMaps("output_probability")
                .metadata("author", "foretell examples")
                .bytes();
    }

    private static Logistic train(double penalty) {
        List<Iris.Flower> flowers = Iris.read();
        double[][] rows = flowers.stream().map(Iris.Flower::measures).toArray(double[][]::new);
        int[] classes = flowers.stream()
                .mapToInt(flower -> SPECIES.indexOf(flower.species()))
                .toArray();
        return Logistic.learn(rows, classes, SPECIES.size(), penalty);
    }
}
