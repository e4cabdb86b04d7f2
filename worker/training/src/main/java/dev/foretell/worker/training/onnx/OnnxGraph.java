package dev.foretell.worker.training.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds a model file, node by node in the order in which they run. Nodes compute in double precision, and inputs of numbers
 * are doubles, so no input is rounded. The first dimension of inputs and outputs is the number of rows.
 */
public final class OnnxGraph {
    private static final int FORMAT = 8;
    private static final int OPERATORS = 17;
    private static final int ML_OPERATORS = 3;

    private final ModelProto.Builder model = ModelProto.newBuilder();
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> taken;
    private int made;

    /** @param reserved the names of inputs and outputs, which no other node may have */
    public OnnxGraph(String name, List<String> reserved) {
        graph.setName(name);
        taken = new HashSet<>(reserved);
    }

    public void numberInput(String name) {
        graph.addInput(value(name, DataType.DOUBLE, 1));
    }

    public void textInput(String name) {
        graph.addInput(value(name, DataType.STRING, 1));
    }

    /** @param width the width of each row */
    public void floatOutput(String name, long width) {
        graph.addOutput(value(name, DataType.FLOAT, width));
    }

    /** One text for each row. */
    public void textOutput(String name) {
        graph.addOutput(value(name, DataType.STRING));
    }

    /** Adds a node with one output. Returns the name of the output. */
    public String add(OnnxNode node) {
        String output = fresh(node.operator());
        addAs(node, output);
        return output;
    }

    /** Adds a node with two outputs. Returns the name of the second. */
    public String addSecond(OnnxNode node) {
        String first = fresh(node.operator());
        String second = fresh(node.operator());
        graph.addNode(node.to("make_" + second, List.of(first, second)));
        return second;
    }

    public void addAs(OnnxNode node, String output) {
        graph.addNode(node.to("make_" + output, List.of(output)));
    }

    public String doubles(double[] values, long... shape) {
        String name = fresh("values");
        graph.addInitializer(OnnxTensors.doubles(name, values, shape));
        return name;
    }

    public String number(double value) {
        return doubles(new double[] {value}, new long[0]);
    }

    /** A matrix with these rows. */
    public String matrix(double[][] rows, int width) {
        double[] values = new double[Math.multiplyExact(rows.length, width)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, values, i * width, width);
        }
        return doubles(values, rows.length, width);
    }

    public String longs(long... values) {
        String name = fresh("indices");
        graph.addInitializer(OnnxTensors.longs(name, values, values.length));
        return name;
    }

    public String texts(List<String> values) {
        String name = fresh("texts");
        graph.addInitializer(OnnxTensors.texts(name, values));
        return name;
    }

    /** Adds metadata, which no node reads. */
    public void metadata(String key, String value) {
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }

    public String toFloats(String doubles) {
        return add(OnnxNode.of("Cast", doubles).with("to", DataType.FLOAT.getNumber()));
    }

    public String toDoubles(String floats) {
        return add(OnnxNode.of("Cast", floats).with("to", DataType.DOUBLE.getNumber()));
    }

    /** The file, once everything is added. The same graph gives the same bytes. */
    public byte[] file() {
        return model.setIrVersion(FORMAT)
                .setProducerName("foretell")
                .addOpsetImport(operators("", OPERATORS))
                .addOpsetImport(operators(OnnxNode.ML, ML_OPERATORS))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private String fresh(String word) {
        String name = word + "_" + made++;
        return taken.add(name) ? name : fresh(word);
    }

    private static OperatorSetIdProto operators(String domain, int version) {
        return OperatorSetIdProto.newBuilder()
                .setDomain(domain)
                .setVersion(version)
                .build();
    }

    private static ValueInfoProto value(String name, DataType type, long... widths) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"));
        for (long width : widths) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
