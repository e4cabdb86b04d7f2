package dev.foretell.examples.models;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Image files of digits, in blue ink on yellowish paper, larger than the model's input. */
final class DigitImage {
    private DigitImage() {}

    static byte[] file(int digit, String format, int width, int height) {
        Random random = new Random(digit);
        float[] pixels = Sketch.draw(digit, random).pixels(width, height, random);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < pixels.length; i++) {
            image.setRGB(i % width, i / width, colour(pixels[i]));
        }
        return file(image, format);
    }

    private static int colour(float brightness) {
        int red = Math.round(255 * brightness);
        int blue = Math.round(230 * brightness) + 25 - red / 10;
        return red << 16 | red << 8 | Math.min(255, blue);
    }

    private static byte[] file(BufferedImage image, String format) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("this Java writes no " + format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
