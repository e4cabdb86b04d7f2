package dev.foretell.worker.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Model files for tests, of one or two operations. A length of -1 is one that may vary. */
public final class TinyModels {
    private TinyModels() {}

    /** {@code x} to {@code y} as it is. */
    public static ModelProto identity(DataType type, long... shape) {
        return model(graph().addInput(value("x", type, shape))
                        .addOutput(value("y", type, shape))
                        .addNode(node("Identity", List.of("x"), List.of("y"))))
                .build();
    }

    /** {@code x} to {@code y} by one operation. */
    public static ModelProto unary(String operator, long... shape) {
        return model(graph().addInput(value("x", DataType.FLOAT, shape))
                        .addOutput(value("y", DataType.FLOAT, shape))
                        .addNode(node(operator, List.of("x"), List.of("y"))))
                .build();
    }

    /** {@code a} and {@code b} to {@code sum} and {@code product}. */
    public static ModelProto sumAndProduct() {
        return model(graph().addInput(value("a", DataType.FLOAT, -1, 2))
                        .addInput(value("b", DataType.FLOAT, -1, 2))
                        .addOutput(value("sum", DataType.FLOAT, -1, 2))
                        .addOutput(value("product", DataType.FLOAT, -1, 2))
                        .addNode(node("Add", List.of("a", "b"), List.of("sum")))
                        .addNode(node("Mul", List.of("a", "b"), List.of("product"))))
                .build();
    }

    /** Each row's running total over the rows before it: rows depend on one another. */
    public static ModelProto runningTotal() {
        NodeProto.Builder axis = node("Constant", List.of(), List.of("axis"))
                .addAttribute(AttributeProto.newBuilder()
                        .setName("value_int")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(0));
        return model(graph().addInput(value("x", DataType.FLOAT, -1, 1))
                        .addOutput(value("y", DataType.FLOAT, -1, 1))
                        .addNode(axis)
                        .addNode(node("CumSum", List.of("x", "axis"), List.of("y"))))
                .build();
    }

    /** So many floats of the same value, made as the model is loaded; {@code i} picks of them into {@code y}. */
    public static ModelProto weights(long count, float value) {
        NodeProto.Builder made = node("ConstantOfShape", List.of("s"), List.of("c"))
                .addAttribute(AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeProto.AttributeType.TENSOR)
                        .setT(TensorProto.newBuilder()
                                .setDataType(DataType.FLOAT.getNumber())
                                .addDims(1)
                                .addFloatData(value)));
        return model(graph().addInput(value("i", DataType.INT64, -1))
                        .addOutput(value("y", DataType.FLOAT, -1))
                        .addInitializer(TensorProto.newBuilder()
                                .setName("s")
                                .setDataType(DataType.INT64.getNumber())
                                .addDims(1)
                                .addInt64Data(count))
                        .addNode(made)
                        .addNode(node("Gather", List.of("c", "i"), List.of("y"))))
                .build();
    }

    public static GraphProto.Builder graph() {
        return GraphProto.newBuilder().setName("tiny");
    }

    public static ModelProto.Builder model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));
    }

    public static ModelProto with(ModelProto model, String key, String value) {
        return model.toBuilder()
                .addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value))
                .build();
    }

    public static NodeProto.Builder node(String operator, List<String> from, List<String> to) {
        return NodeProto.newBuilder().setOpType(operator).addAllInput(from).addAllOutput(to);
    }

    public static ValueInfoProto value(String name, DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long length : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(length < 0 ? dimension.setDimParam("N") : dimension.setDimValue(length));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(dimensions)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    public static Path file(Path folder, byte[] content) {
        try {
            return Files.write(Files.createTempFile(folder, "model", ".onnx"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
