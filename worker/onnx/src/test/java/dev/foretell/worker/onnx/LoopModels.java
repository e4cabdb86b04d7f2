package dev.foretell.worker.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** Model files whose runs take as long, or as much memory, as their input {@code N} says. */
public final class LoopModels {
    private LoopModels() {}

    /** Adds 1 to 0 as often as {@code N} says, and answers {@code Y}. */
    public static ModelProto counting() {
        GraphProto body = TinyModels.graph()
                .addInput(TinyModels.value("i", DataType.INT64))
                .addInput(TinyModels.value("c", DataType.BOOL))
                .addInput(TinyModels.value("v", DataType.FLOAT, 1))
                .addOutput(TinyModels.value("co", DataType.BOOL))
                .addOutput(TinyModels.value("vo", DataType.FLOAT, 1))
                .addNode(TinyModels.node("Identity", List.of("c"), List.of("co")))
                .addNode(TinyModels.node("Add", List.of("v", "one"), List.of("vo")))
                .build();
        return TinyModels.model(TinyModels.graph()
                        .addInput(TinyModels.value("N", DataType.INT64, 1))
                        .addOutput(TinyModels.value("Y", DataType.FLOAT, 1))
                        .addInitializer(floats("one", 1))
                        .addInitializer(floats("zero", 0))
                        .addInitializer(TensorProto.newBuilder()
                                .setName("true")
                                .setDataType(DataType.BOOL.getNumber())
                                .addInt32Data(1))
                        .addNode(TinyModels.node("Squeeze", List.of("N"), List.of("n")))
                        .addNode(withBody(TinyModels.node("Loop", List.of("n", "true", "zero"), List.of("Y")), body)))
                .build();
    }

    /** Answers {@code N} zeros as {@code Y}. */
    public static ModelProto zeros() {
        return TinyModels.model(TinyModels.graph()
                        .addInput(TinyModels.value("N", DataType.INT64, 1))
                        .addOutput(TinyModels.value("Y", DataType.FLOAT, -1))
                        .addNode(TinyModels.node("ConstantOfShape", List.of("N"), List.of("Y"))))
                .build();
    }

    /** Multiplies a matrix of {@code N} by {@code N} by itself, in one operation, and answers its largest element. */
    public static ModelProto squaring() {
        return TinyModels.model(TinyModels.graph()
                        .addInput(TinyModels.value("N", DataType.INT64, 1))
                        .addOutput(TinyModels.value("Y", DataType.FLOAT))
                        .addNode(TinyModels.node("Concat", List.of("N", "N"), List.of("shape"))
                                .addAttribute(number("axis", 0)))
                        .addNode(TinyModels.node("ConstantOfShape", List.of("shape"), List.of("m")))
                        .addNode(TinyModels.node("MatMul", List.of("m", "m"), List.of("square")))
                        .addNode(TinyModels.node("ReduceMax", List.of("square"), List.of("Y"))
                                .addAttribute(number("keepdims", 0))))
                .build();
    }

    /** Finds the largest of {@code N} zeros around each of them: one operation, which takes seconds where {@code N} is a million. */
    public static ModelProto pooling() {
        return TinyModels.model(TinyModels.graph()
                        .addInput(TinyModels.value("N", DataType.INT64, 1))
                        .addOutput(TinyModels.value("Y", DataType.FLOAT))
                        .addInitializer(TensorProto.newBuilder()
                                .setName("one")
                                .setDataType(DataType.INT64.getNumber())
                                .addDims(2)
                                .addInt64Data(1)
                                .addInt64Data(1))
                        .addNode(TinyModels.node("Concat", List.of("one", "N"), List.of("shape"))
                                .addAttribute(number("axis", 0)))
                        .addNode(TinyModels.node("ConstantOfShape", List.of("shape"), List.of("m")))
                        .addNode(TinyModels.node("MaxPool", List.of("m"), List.of("p"))
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("kernel_shape")
                                        .setType(AttributeProto.AttributeType.INTS)
                                        .addInts(1 << 14)))
                        .addNode(TinyModels.node("ReduceMax", List.of("p"), List.of("Y"))
                                .addAttribute(number("keepdims", 0))))
                .build();
    }

    private static AttributeProto.Builder number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value);
    }

    private static NodeProto.Builder withBody(NodeProto.Builder node, GraphProto body) {
        return node.addAttribute(AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body));
    }

    private static TensorProto floats(String name, float value) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.FLOAT.getNumber())
                .addDims(1)
                .addFloatData(value)
                .build();
    }
}
