package dev.foretell.examples.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.List;

/** One operation of a graph: its inputs, outputs and attributes. */
final class OnnxNode {
    /** The operators of classic machine learning. */
    static final String ML = "ai.onnx.ml";

    private final NodeProto.Builder node = NodeProto.newBuilder();

    private OnnxNode(String domain, String operator, List<String> from, List<String> to) {
        node.setDomain(domain).setOpType(operator).setName(operator + "_" + to.get(0));
        node.addAllInput(from).addAllOutput(to);
    }

    static OnnxNode of(String operator, List<String> from, String to) {
        return new OnnxNode("", operator, from, List.of(to));
    }

    static OnnxNode ml(String operator, String from, String... to) {
        return new OnnxNode(ML, operator, List.of(from), List.of(to));
    }

    OnnxNode with(String name, String text) {
        node.addAttribute(attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(text)));
        return this;
    }

    OnnxNode with(String name, long number) {
        node.addAttribute(attribute(name, AttributeType.INT).setI(number));
        return this;
    }

    OnnxNode with(String name, float... numbers) {
        AttributeProto.Builder attribute = attribute(name, AttributeType.FLOATS);
        for (float number : numbers) {
            attribute.addFloats(number);
        }
        node.addAttribute(attribute);
        return this;
    }

    OnnxNode withEach(String name, long... numbers) {
        AttributeProto.Builder attribute = attribute(name, AttributeType.INTS);
        for (long number : numbers) {
            attribute.addInts(number);
        }
        node.addAttribute(attribute);
        return this;
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    NodeProto proto() {
        return node.build();
    }
}
