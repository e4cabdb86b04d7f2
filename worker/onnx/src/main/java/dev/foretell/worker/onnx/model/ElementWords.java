package dev.foretell.worker.onnx.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The element type of an input or output in the model's file, for a tensor or a sequence of tensors.
 *
 * @param type the number of the type in ONNX; 0 for anything else
 * @param shape the shape of a tensor; -1 for dynamic dimensions, empty if unknown
 */
record ElementWords(int type, List<Long> shape) {
    /** Of what the file does not tell, and of what is neither. */
    static final ElementWords NONE = new ElementWords(0, List.of());

    /** The names in ONNX of the types that the runtime's Java API does not support, in order of their numbers. */
    private static final List<String> ODD = List.of(
            "COMPLEX64",
            "COMPLEX128",
            "BFLOAT16",
            "FLOAT8E4M3FN",
            "FLOAT8E4M3FNUZ",
            "FLOAT8E5M2",
            "FLOAT8E5M2FNUZ",
            "UINT4",
            "INT4",
            "FLOAT4E2M1",
            "FLOAT8E8M0",
            "UINT2",
            "INT2");

    private static final int FIRST_ODD = 14;

    ElementWords {
        shape = List.copyOf(shape);
    }

    /** The name of such a type, or else the runtime's name. */
    String nameOr(String told) {
        int at = type - FIRST_ODD;
        return at >= 0 && at < ODD.size() ? ODD.get(at) : told;
    }

    static void read(ByteBuffer valueInfo, Map<String, ElementWords> to) {
        String name = "";
        ElementWords words = NONE;
        ProtoReader value = new ProtoReader(valueInfo);
        while (value.next()) {
            if (value.field() == 1) {
                name = value.text();
            } else if (value.field() == 2) {
                words = ofType(value.part(), 0);
            }
        }
        to.put(name, words);
    }

    /** For a tensor; for a sequence, the type of its elements. */
    private static ElementWords ofType(ByteBuffer bytes, int depth) {
        ProtoReader type = new ProtoReader(bytes);
        while (type.next()) {
            if (type.field() == 1) {
                return ofTensor(type.part());
            } else if (type.field() == 4 && depth == 0) {
                return ofSequence(type.part());
            }
        }
        return NONE;
    }

    private static ElementWords ofSequence(ByteBuffer bytes) {
        ProtoReader sequence = new ProtoReader(bytes);
        while (sequence.next()) {
            if (sequence.field() == 1) {
                return ofType(sequence.part(), 1);
            }
        }
        return NONE;
    }

    private static ElementWords ofTensor(ByteBuffer bytes) {
        int type = 0;
        List<Long> shape = new ArrayList<>();
        ProtoReader tensor = new ProtoReader(bytes);
        while (tensor.next()) {
            if (tensor.field() == 1) {
                type = (int) tensor.number();
            } else if (tensor.field() == 2) {
                dimensions(tensor.part(), shape);
            }
        }
        return new ElementWords(type, shape);
    }

    private static void dimensions(ByteBuffer bytes, List<Long> shape) {
        ProtoReader all = new ProtoReader(bytes);
        while (all.next()) {
            if (all.field() == 1) {
                shape.add(length(all.part()));
            }
        }
    }

    private static long length(ByteBuffer bytes) {
        ProtoReader dimension = new ProtoReader(bytes);
        while (dimension.next()) {
            if (dimension.field() == 1) {
                return dimension.number();
            }
        }
        return -1;
    }
}
