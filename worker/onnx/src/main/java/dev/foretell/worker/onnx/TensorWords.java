package dev.foretell.worker.onnx;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.commons.wire.WorkerIndex;
import java.util.Map;

/** A model's input in the notation of a worker's index: {@code float[][]}, and its JSON schema. */
final class TensorWords {
    private TensorWords() {}

    static WorkerIndex.Parameter parameter(TensorSpec input) {
        int depth = input.shape().size();
        return new WorkerIndex.Parameter(
                input.name(),
                "KEYWORD_ONLY",
                null,
                java(input.datatype()) + "[]".repeat(depth),
                schema(input.datatype(), depth));
    }

    private static Map<String, Object> schema(Datatype datatype, int depth) {
        return depth == 0
                ? Map.of("type", json(datatype))
                : Map.of("type", "array", "items", schema(datatype, depth - 1));
    }

    private static String json(Datatype datatype) {
        return switch (datatype) {
            case BOOL -> "boolean";
            case FP16, BF16, FP32, FP64 -> "number";
            case BYTES -> "string";
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 -> "integer";
        };
    }

    /** The Java type of each element. */
    private static String java(Datatype datatype) {
        return switch (datatype) {
            case BOOL -> "boolean";
            case INT8 -> "byte";
            case UINT8, INT16 -> "short";
            case UINT16, INT32 -> "int";
            case UINT32, INT64 -> "long";
            case UINT64 -> "BigInteger";
            case FP16, BF16, FP32 -> "float";
            case FP64 -> "double";
            case BYTES -> "String";
        };
    }
}
