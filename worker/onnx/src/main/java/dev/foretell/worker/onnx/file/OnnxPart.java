package dev.foretell.worker.onnx.file;

import org.jspecify.annotations.Nullable;

/** The messages of ONNX in which a tensor may be, however deep: the numbers are those of {@code onnx.proto}. */
enum OnnxPart {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE_TENSOR,
    TRAINING,
    FUNCTION;

    /** What a field holds; null where no tensor can be in it. */
    @Nullable
    OnnxPart in(int field) {
        return switch (this) {
            case MODEL -> inModel(field);
            case GRAPH -> inGraph(field);
            case NODE -> field == 5 ? ATTRIBUTE : null;
            case ATTRIBUTE -> inAttribute(field);
            case TENSOR -> null;
            case SPARSE_TENSOR -> field <= 2 ? TENSOR : null;
            case TRAINING -> field <= 2 ? GRAPH : null;
            case FUNCTION -> inFunction(field);
        };
    }

    private static @Nullable OnnxPart inModel(int field) {
        return switch (field) {
            case 7 -> GRAPH;
            case 20 -> TRAINING;
            case 25 -> FUNCTION;
            default -> null;
        };
    }

    private static @Nullable OnnxPart inGraph(int field) {
        return switch (field) {
            case 1 -> NODE;
            case 5 -> TENSOR;
            case 15 -> SPARSE_TENSOR;
            default -> null;
        };
    }

    private static @Nullable OnnxPart inAttribute(int field) {
        return switch (field) {
            case 5, 10 -> TENSOR;
            case 6, 11 -> GRAPH;
            case 22, 23 -> SPARSE_TENSOR;
            default -> null;
        };
    }

    private static @Nullable OnnxPart inFunction(int field) {
        return switch (field) {
            case 7 -> NODE;
            case 11 -> ATTRIBUTE;
            default -> null;
        };
    }
}
