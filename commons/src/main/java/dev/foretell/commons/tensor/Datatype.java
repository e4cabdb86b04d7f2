package dev.foretell.commons.tensor;

import java.util.Arrays;
import java.util.Optional;

/** Element types of the Open Inference Protocol v2, and BF16 of Triton's. */
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
    /** Strings or bytes, each of its own length. */
    BYTES(0);

    private final int width;

    Datatype(int width) {
        this.width = width;
    }

    /** Bytes of one element; 0 where each has its own length. */
    public int width() {
        return width;
    }

    /** The type of this name, as the protocol spells it. */
    public static Optional<Datatype> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }
}
