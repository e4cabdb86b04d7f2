package dev.foretell.worker.onnx.model;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Inputs and outputs of kinds that ONNX has and the runtime's Java does not: optional values, sparse tensors, opaque ones. */
final class OddKinds {
    private final Map<String, String> byName = new LinkedHashMap<>();

    /** Of an input or output ({@code ValueInfoProto}). */
    void read(ByteBuffer valueInfo) {
        String name = "";
        String kind = "";
        ProtoReader value = new ProtoReader(valueInfo);
        while (value.next()) {
            if (value.field() == 1) {
                name = value.text();
            } else if (value.field() == 2) {
                kind = kind(value.part(), 0);
            }
        }
        if (!kind.isEmpty() && !isKnown(kind)) {
            byName.put(name, kind);
        }
    }

    private static boolean isKnown(String kind) {
        return kind.equals("tensor") || kind.equals("sequence") || kind.equals("map");
    }

    /** Of a {@code TypeProto}; empty where it says nothing that is known here. */
    private static String kind(ByteBuffer bytes, int depth) {
        ProtoReader type = new ProtoReader(bytes);
        while (type.next()) {
            switch (type.field()) {
                case 1 -> {
                    return "tensor";
                }
                case 4 -> {
                    return "sequence";
                }
                case 5 -> {
                    return "map";
                }
                case 7 -> {
                    return "opaque value";
                }
                case 8 -> {
                    return "sparse tensor";
                }
                case 9 -> {
                    return depth == 0 ? "optional " + ofOptional(type.part()) : "optional value";
                }
                default -> {}
            }
        }
        return "";
    }

    private static String ofOptional(ByteBuffer bytes) {
        ProtoReader optional = new ProtoReader(bytes);
        while (optional.next()) {
            if (optional.field() == 1) {
                String kind = kind(optional.part(), 1);
                return kind.isEmpty() ? "value" : kind;
            }
        }
        return "value";
    }

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} naming the first, and what to do about it */
    void requireNone() {
        byName.forEach((name, kind) -> {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "'" + name + "' is of the kind " + kind
                            + ", which ONNX Runtime's Java cannot take: have the model take and give plain tensors");
        });
    }
}
