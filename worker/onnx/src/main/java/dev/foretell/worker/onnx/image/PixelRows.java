package dev.foretell.worker.onnx.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an image as numbers from 0 to 255 per channel. The raw values of the file are used, because {@code
 * getRGB} would brighten greys and apply profiles.
 */
final class PixelRows {
    private static final float WHITE = 255;

    private final Raster raster;
    private final Channels channels;
    private final ColorModel colours;
    private final @Nullable IndexColorModel palette;
    private final int[] row;

    PixelRows(BufferedImage image, Channels channels) {
        this.raster = image.getRaster();
        this.channels = channels;
        this.colours = image.getColorModel();
        this.palette = colours instanceof IndexColorModel model ? model : null;
        this.row = new int[raster.getWidth() * raster.getNumBands()];
    }

    /** Fills one row per channel. */
    void read(int y, float[][] into) {
        raster.getPixels(0, y, raster.getWidth(), 1, row);
        if (palette == null) {
            readSamples(into);
        } else {
            readPalette(palette, into);
        }
    }

    private void readSamples(float[][] into) {
        int bands = raster.getNumBands();
        boolean grey = bands < 3;
        float scale = WHITE / ((1 << colours.getComponentSize(0)) - 1);
        for (int x = 0; x < raster.getWidth(); x++) {
            int at = x * bands;
            float alpha = colours.hasAlpha() ? row[at + bands - 1] * scale / WHITE : 1;
            float red = row[at] * scale;
            put(into, x, alpha, red, grey ? red : row[at + 1] * scale, grey ? red : row[at + 2] * scale);
        }
    }

    private void readPalette(IndexColorModel palette, float[][] into) {
        for (int x = 0; x < raster.getWidth(); x++) {
            int index = Math.min(row[x], palette.getMapSize() - 1);
            float alpha = palette.getAlpha(index) / WHITE;
            put(into, x, alpha, palette.getRed(index), palette.getGreen(index), palette.getBlue(index));
        }
    }

    private void put(float[][] into, int x, float alpha, float red, float green, float blue) {
        for (int channel = 0; channel < into.length; channel++) {
            into[channel][x] = alpha * channels.of(channel, red, green, blue) + (1 - alpha) * WHITE;
        }
    }
}
