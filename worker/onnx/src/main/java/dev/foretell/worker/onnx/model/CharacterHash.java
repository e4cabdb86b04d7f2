package dev.foretell.worker.onnx.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * MurmurHash3 of one character in UTF-8 (32 bits, seed 0; Appleby, public domain). For four bytes it is a bijection and
 * so identifies the character.
 */
final class CharacterHash {
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;
    private static final int F1 = 0x85ebca6b;
    private static final int F2 = 0xc2b2ae35;
    private static final int ADDED = 0xe6546b64;
    private static final int FIVE = 5;

    private CharacterHash() {}

    /**
     * The character with this hash that was decoded from Java's modified UTF-8: a NUL becomes nothing, four bytes
     * become the first one.
     */
    static String character(String read, int hash) {
        if (read.isEmpty()) {
            return "\0";
        }
        boolean isSure = read.charAt(0) < 0xf0 || read.charAt(0) > 0xf7;
        return isSure || hash == ofTwoBytes(read.getBytes(StandardCharsets.UTF_8)) ? read : ofHash(hash);
    }

    static int ofTwoBytes(byte[] two) {
        int key = (two[0] & 0xff) | (two[1] & 0xff) << 8;
        return mix(Integer.rotateLeft(key * C1, 15) * C2 ^ two.length);
    }

    private static int mix(int hash) {
        int mixed = (hash ^ hash >>> 16) * F1;
        mixed = (mixed ^ mixed >>> 13) * F2;
        return mixed ^ mixed >>> 16;
    }

    private static String ofHash(int hash) {
        int key = hash ^ hash >>> 16;
        key *= inverse(F2);
        key ^= key >>> 13 ^ key >>> 26;
        key *= inverse(F1);
        key ^= key >>> 16;
        key = Integer.rotateRight(((key ^ Integer.BYTES) - ADDED) * inverse(FIVE), 13);
        key = Integer.rotateRight(key * inverse(C2), 15) * inverse(C1);
        byte[] four = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(key)
                .array();
        return new String(four, StandardCharsets.UTF_8);
    }

    /** The inverse of an odd number modulo 2 to the 32nd (Newton). */
    private static int inverse(int odd) {
        int inverse = odd;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
