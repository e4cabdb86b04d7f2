package dev.foretell.worker.onnx.inspect;

import org.jspecify.annotations.Nullable;

/** The messages of the ONNX format that can contain tensors at any depth, with their field numbers. */
enum OnnxMessage {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE_TENSOR,
    FUNCTION,
    TRAINING;

    /** The message in a field; null if it cannot contain tensors. */
    @Nullable
    OnnxMessage in(int field) {
        return switch (this) {
            case MODEL -> field == 7 ? GRAPH : field == 20 ? TRAINING : field == 25 ? FUNCTION : null;
            case GRAPH -> field == 1 ? NODE : field == 5 ? TENSOR : field == 15 ? SPARSE_TENSOR : null;
            case NODE -> field == 5 ? ATTRIBUTE : null;
            case ATTRIBUTE -> inAttribute(field);
            case TENSOR -> null;
            case SPARSE_TENSOR -> field == 1 || field == 2 ? TENSOR : null;
            case FUNCTION -> field == 7 ? NODE : field == 11 ? ATTRIBUTE : null;
            case TRAINING -> field == 1 || field == 2 ? GRAPH : null;
        };
    }

    private static @Nullable OnnxMessage inAttribute(int field) {
        return switch (field) {
            case 5, 10 -> TENSOR;
            case 6, 11 -> GRAPH;
            case 22, 23 -> SPARSE_TENSOR;
            default -> null;
        };
    }
}
