package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import java.awt.Rectangle;

/**
 * The visible part of an image and its size.
 *
 * @param width the width of the model's image
 * @param height the height of the model's image
 * @param shorter the length of the image's shorter side before the centre is cropped; 0 if both sides are stretched
 */
record Frame(int width, int height, int shorter) {
    private static final int MAX_SIDE = 4096;

    Frame {
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw misfit("an image's size is from 1 to " + MAX_SIDE + ", not " + width + "x" + height);
        }
        if (shorter != 0 && shorter < Math.min(width, height)) {
            throw misfit("image.resize " + shorter + " is less than the picture's " + width + "x" + height);
        }
    }

    /** The part of an image of this size that the model sees. */
    Rectangle crop(int imageWidth, int imageHeight) {
        if (shorter == 0) {
            return new Rectangle(0, 0, imageWidth, imageHeight);
        }
        double scale = scale(imageWidth, imageHeight);
        int seenWidth = Math.min(imageWidth, Math.max(1, (int) Math.round(width / scale)));
        int seenHeight = Math.min(imageHeight, Math.max(1, (int) Math.round(height / scale)));
        return new Rectangle((imageWidth - seenWidth) / 2, (imageHeight - seenHeight) / 2, seenWidth, seenHeight);
    }

    /** Model pixels per image pixel: by {@link #shorter}, but enough to fill the model's image. */
    private double scale(int imageWidth, int imageHeight) {
        double asTold = (double) shorter / Math.min(imageWidth, imageHeight);
        return Math.max(asTold, Math.max((double) width / imageWidth, (double) height / imageHeight));
    }
}
