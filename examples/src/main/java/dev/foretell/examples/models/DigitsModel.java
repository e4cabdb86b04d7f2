package dev.foretell.examples.models;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Random;

/**
 * Reads a digit: {@code image}, 28 by 28 grey values, dark on light, to {@code scores}, the probability of each of 0 to
 * 9. Its metadata define how an image becomes its input: brightness from -1 to 1.
 */
final class DigitsModel {
    private static final int NEURONS = 32;
    /** The sides of the image after pooling. */
    private static final int POOLED = Digits.SIDE / 2;

    private static final int PICTURES = 2_500;
    private static final int ROUNDS = 8;
    private static final long SEED = 28;

    private DigitsModel() {}

    static byte[] file() {
        Network network = train();
        return new OnnxFile("digits", "which digit a picture shows: how likely each of 0 to 9 is")
                .input("image", -1, 1, Digits.SIDE, Digits.SIDE)
                .weights("hidden.weight", network.hidden().weights(), NEURONS, POOLED * POOLED)
                .weights("hidden.bias", network.hidden().biases(), NEURONS)
                .weights("last.weight", network.last().weights(), Digit.COUNT, NEURONS)
                .weights("last.bias", network.last().biases(), Digit.COUNT)
                .node(OnnxNode.of("AveragePool", List.of("image"), "pooled")
                        .withEach("kernel_shape", 2, 2)
                        .withEach("strides", 2, 2))
                .node(OnnxNode.of("Flatten", List.of("pooled"), "flat").with("axis", 1))
                .node(layer("flat", "hidden", "seen"))
                .node(OnnxNode.of("Relu", List.of("seen"), "rectified"))
                .node(layer("rectified", "last", "raw"))
                .node(OnnxNode.of("Softmax", List.of("raw"), "scores").with("axis", 1))
                .output("scores", DataType.FLOAT, -1, Digit.COUNT)
                .metadata("author", "foretell examples")
                .metadata("image.layout", "NCHW")
                .metadata("image.channels", "GREY")
                .metadata("image.size", "28x28")
                .metadata("image.mean", "0.5")
                .metadata("image.std", "0.5")
                .bytes();
    }

    private static OnnxNode layer(String from, String name, String to) {
        return OnnxNode.of("Gemm", List.of(from, name + ".weight", name + ".bias"), to)
                .with("transB", 1);
    }

    private static Network train() {
        Digits digits = Digits.draw(PICTURES, SEED);
        float[][] rows = new float[PICTURES][];
        for (int i = 0; i < PICTURES; i++) {
            rows[i] = pool(digits.pictures()[i]);
        }
        Network network = new Network(POOLED * POOLED, NEURONS, Digit.COUNT, new Random(SEED));
        network.learn(rows, digits.digits(), ROUNDS);
        return network;
    }

    /** Like the model's first two steps: normalises, and averages two by two pixels. */
    private static float[] pool(float[] picture) {
        float[] pooled = new float[POOLED * POOLED];
        for (int i = 0; i < picture.length; i++) {
            int at = i / Digits.SIDE / 2 * POOLED + i % Digits.SIDE / 2;
            pooled[at] += (2 * picture[i] - 1) / 4;
        }
        return pooled;
    }
}
