package dev.foretell.examples.models;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Random;

/** An untrained network of a given size, to measure the cost of large models. */
final class HeavyModel {
    /** A square of weights of four bytes is a megabyte. */
    private static final int NEURONS = 512;

    private HeavyModel() {}

    /** {@code x}, four numbers per row, to {@code y}, one number. */
    static byte[] file(int variant, int megabytes) {
        Random random = new Random(variant);
        OnnxFile file = new OnnxFile("heavy", "of no use but its weight")
                .input("x", -1, 4)
                .weights("first", weights(4, random), 4, NEURONS)
                .node(OnnxNode.of("MatMul", List.of("x", "first"), "y0"));
        for (int i = 0; i < megabytes; i++) {
            String name = "square" + i;
            file.weights(name, weights(NEURONS, random), NEURONS, NEURONS)
                    .node(OnnxNode.of("MatMul", List.of("y" + i, name), "y" + (i + 1)));
        }
        return file.node(
                        OnnxNode.of("ReduceMean", List.of("y" + megabytes), "y").withEach("axes", 1))
                .output("y", DataType.FLOAT, -1, 1)
                .bytes();
    }

    private static float[] weights(int inputs, Random random) {
        float[] weights = new float[inputs * NEURONS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (random.nextFloat() - 0.5f) / NEURONS;
        }
        return weights;
    }
}
