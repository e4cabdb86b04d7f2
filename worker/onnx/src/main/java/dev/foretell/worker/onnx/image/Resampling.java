package dev.foretell.worker.onnx.image;

import java.awt.image.BufferedImage;

/**
 * Resizes an image: bilinear, and when shrinking, each pixel is the weighted mean of all pixels that it covers, like
 * Pillow. Works row by row, so that the image exists as floats only at its new width.
 */
final class Resampling {
    private Resampling() {}

    static Planes of(BufferedImage image, int width, int height, Channels channels) {
        Weights across = Weights.of(image.getWidth(), width);
        Weights down = Weights.of(image.getHeight(), height);
        PixelRows rows = new PixelRows(image, channels);
        float[][] narrow = new float[channels.count()][image.getHeight() * width];
        float[][] row = new float[channels.count()][image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            rows.read(y, row);
            for (int channel = 0; channel < row.length; channel++) {
                across.apply(row[channel], 0, 1, narrow[channel], y * width, 1);
            }
        }
        float[][] picture = new float[channels.count()][height * width];
        for (int channel = 0; channel < picture.length; channel++) {
            for (int x = 0; x < width; x++) {
                down.apply(narrow[channel], x, width, picture[channel], x, width);
            }
        }
        return new Planes(channels.count(), height, width, picture);
    }
}
