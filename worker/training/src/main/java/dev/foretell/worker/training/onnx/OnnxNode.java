package dev.foretell.worker.training.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import java.util.List;

/** One operation of a graph, with its attributes. */
public final class OnnxNode {
    /** The operators of classic machine learning. */
    static final String ML = "ai.onnx.ml";

    private final NodeProto.Builder node = NodeProto.newBuilder();

    private OnnxNode(String domain, String operator, List<String> inputs) {
        node.setDomain(domain).setOpType(operator).addAllInput(inputs);
    }

    public static OnnxNode of(String operator, String... inputs) {
        return new OnnxNode("", operator, List.of(inputs));
    }

    public static OnnxNode of(String operator, List<String> inputs) {
        return new OnnxNode("", operator, inputs);
    }

    /** An operator of the domain {@code ai.onnx.ml}. */
    public static OnnxNode ml(String operator, String... inputs) {
        return new OnnxNode(ML, operator, List.of(inputs));
    }

    public OnnxNode with(String name, long number) {
        node.addAttribute(attribute(name, AttributeType.INT).setI(number));
        return this;
    }

    public OnnxNode with(String name, String text) {
        node.addAttribute(attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(text)));
        return this;
    }

    public OnnxNode withInts(String name, int... numbers) {
        AttributeProto.Builder attribute = attribute(name, AttributeType.INTS);
        for (int number : numbers) {
            attribute.addInts(number);
        }
        node.addAttribute(attribute);
        return this;
    }

    public OnnxNode withTexts(String name, Iterable<String> texts) {
        AttributeProto.Builder attribute = attribute(name, AttributeType.STRINGS);
        for (String text : texts) {
            attribute.addStrings(ByteString.copyFromUtf8(text));
        }
        node.addAttribute(attribute);
        return this;
    }

    public OnnxNode withDoubles(String name, double[] numbers) {
        node.addAttribute(attribute(name, AttributeType.TENSOR).setT(OnnxTensors.doubles("", numbers, numbers.length)));
        return this;
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    NodeProto to(String name, List<String> outputs) {
        return node.setName(name).addAllOutput(outputs).build();
    }

    String operator() {
        return node.getOpType();
    }
}
