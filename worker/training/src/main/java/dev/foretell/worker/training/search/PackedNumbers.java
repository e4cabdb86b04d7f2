package dev.foretell.worker.training.search;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Numbers as a short text: the first bytes of all, then the second ones and so on, because those are alike, deflated, in base 64. No
 * number is rounded.
 */
final class PackedNumbers {
    /** An order has at most 50,000 scores; a few bytes could name any length. */
    private static final int MAX_BYTES = 16 << 20;

    private PackedNumbers() {}

    static String pack(double... numbers) {
        byte[] plain = new byte[numbers.length * Double.BYTES];
        for (int i = 0; i < numbers.length; i++) {
            long bits = Double.doubleToRawLongBits(numbers[i]);
            for (int place = 0; place < Double.BYTES; place++) {
                plain[place * numbers.length + i] = (byte) (bits >>> 8 * (Double.BYTES - 1 - place));
            }
        }
        return Base64.getEncoder().encodeToString(deflate(plain));
    }

    private static byte[] deflate(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    /** @throws IllegalArgumentException for what {@link #pack} does not write */
    static double[] unpack(String text) {
        byte[] plain = inflate(Base64.getDecoder().decode(text));
        if (plain.length % Double.BYTES != 0) {
            throw new IllegalArgumentException("not packed numbers");
        }
        double[] numbers = new double[plain.length / Double.BYTES];
        ByteBuffer one = ByteBuffer.allocate(Double.BYTES);
        for (int i = 0; i < numbers.length; i++) {
            for (int place = 0; place < Double.BYTES; place++) {
                one.put(place, plain[place * numbers.length + i]);
            }
            numbers[i] = one.getDouble(0);
        }
        return numbers;
    }

    private static byte[] inflate(byte[] packed) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            byte[] plain = in.readNBytes(MAX_BYTES + 1);
            if (plain.length > MAX_BYTES) {
                throw new IllegalArgumentException("too many packed numbers");
            }
            return plain;
        } catch (IOException broken) {
            throw new IllegalArgumentException("not packed numbers", broken);
        }
    }
}
