package dev.foretell.commons.tensor;

import java.util.Arrays;
import java.util.Optional;

/** Element types of the Open Inference Protocol v2, plus Triton's BF16. */
public enum Datatype {
    BOOL(1),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FP16(2),
    BF16(2),
    FP32(4),
    FP64(8),
    /** Strings or byte sequences with individual lengths. */
    BYTES(0);

    private final int width;

    Datatype(int width) {
        this.width = width;
    }

    /** The bytes of one element; 0 if elements have individual lengths. */
    public int width() {
        return width;
    }

    /** The type with this name in the protocol. */
    public static Optional<Datatype> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }
}
