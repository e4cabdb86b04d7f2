package dev.foretell.commons.tensor;

/** Floating-point numbers of 16 bits: FP16 is IEEE 754's binary16, BF16 is the upper half of a float. */
public final class Half {
    private static final int EXPONENT_SHIFT = 13;
    private static final float MIN_NORMAL = 0x1p-14f;
    private static final int INFINITE = 0x7c00;

    private Half() {}

    /** The value of an FP16. */
    public static float fromFp16(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float size;
        if (exponent == 0) {
            size = fraction * 0x1p-24f;
        } else if (exponent == 0x1f) {
            size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            size = Float.intBitsToFloat((exponent + 112) << 23 | fraction << EXPONENT_SHIFT);
        }
        return bits < 0 ? -size : size;
    }

    /** The nearest FP16, ties to even; infinite from 65520 on. */
    public static short toFp16(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        float size = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) 0x7e00;
        }
        if (size >= 65_520f) {
            return (short) (sign | INFINITE);
        }
        if (size < MIN_NORMAL) {
            return (short) (sign | (int) Math.rint(size * 0x1p24));
        }
        int bits = Float.floatToRawIntBits(size) - (112 << 23);
        int even = (bits >>> EXPONENT_SHIFT) & 1;
        return (short) (sign | (bits + 0xfff + even) >>> EXPONENT_SHIFT);
    }

    /** The value of a BF16. */
    public static float fromBf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
