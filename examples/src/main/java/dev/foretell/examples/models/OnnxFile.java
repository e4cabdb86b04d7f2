package dev.foretell.examples.models;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** Builds a model file in the order of its graph. A length of -1 is dynamic. */
final class OnnxFile {
    private static final int FORMAT = 8;
    private static final int OPERATORS = 17;
    private static final int ML_OPERATORS = 3;

    private final ModelProto.Builder model = ModelProto.newBuilder();
    private final GraphProto.Builder graph = GraphProto.newBuilder();

    OnnxFile(String name, String description) {
        model.setIrVersion(FORMAT).setProducerName("foretell-examples").setModelVersion(1);
        model.setDocString(description);
        model.addOpsetImport(operators("", OPERATORS)).addOpsetImport(operators(OnnxNode.ML, ML_OPERATORS));
        graph.setName(name);
    }

    OnnxFile input(String name, long... shape) {
        graph.addInput(value(name, tensor(DataType.FLOAT, shape)));
        return this;
    }

    OnnxFile output(String name, DataType type, long... shape) {
        graph.addOutput(value(name, tensor(type, shape)));
        return this;
    }

    /** A map from class number to probability for each row, as exported from scikit-learn's classifiers. */
    OnnxFile outputOfMaps(String name) {
        TypeProto map = TypeProto.newBuilder()
                .setMapType(TypeProto.Map.newBuilder()
                        .setKeyType(DataType.INT64.getNumber())
                        .setValueType(tensor(DataType.FLOAT)))
                .build();
        graph.addOutput(value(
                name,
                TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(map))
                        .build()));
        return this;
    }

    /** Trained weights. */
    OnnxFile weights(String name, float[] values, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT.getNumber());
        for (long length : shape) {
            tensor.addDims(length);
        }
        for (float value : values) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    OnnxFile node(OnnxNode node) {
        graph.addNode(node.proto());
        return this;
    }

    OnnxFile metadata(String key, String value) {
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
        return this;
    }

    byte[] bytes() {
        return model.setGraph(graph).build().toByteArray();
    }

    private static OperatorSetIdProto operators(String domain, int version) {
        return OperatorSetIdProto.newBuilder()
                .setDomain(domain)
                .setVersion(version)
                .build();
    }

    private static ValueInfoProto value(String name, TypeProto type) {
        return ValueInfoProto.newBuilder().setName(name).setType(type).build();
    }

    private static TypeProto tensor(DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long length : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(length < 0 ? dimension.setDimParam("N") : dimension.setDimValue(length));
        }
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions))
                .build();
    }
}
