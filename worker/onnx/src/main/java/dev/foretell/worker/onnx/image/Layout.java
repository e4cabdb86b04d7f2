package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import java.util.List;
import java.util.Locale;

/** The position of the channels in a shape: before or after rows and columns. */
enum Layout {
    NCHW,
    NHWC;

    /** From the metadata; the N of the batch may be omitted. */
    static Layout byName(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "NCHW", "CHW" -> NCHW;
            case "NHWC", "HWC" -> NHWC;
            default -> throw misfit("image.layout is NCHW or NHWC, not " + name);
        };
    }

    /** From the shape of one image: a dimension of 1 or 3 has the channels. */
    static Layout ofShape(List<Long> image) {
        if (isChannels(image.get(0))) {
            return NCHW;
        }
        if (isChannels(image.get(2))) {
            return NHWC;
        }
        throw misfit("the model's metadata must contain image.layout: its shape does not show where the channels are");
    }

    private static boolean isChannels(long length) {
        return length == 1 || length == 3;
    }

    long channels(List<Long> image) {
        return image.get(this == NCHW ? 0 : 2);
    }

    long height(List<Long> image) {
        return image.get(this == NCHW ? 1 : 0);
    }

    long width(List<Long> image) {
        return image.get(this == NCHW ? 2 : 1);
    }

    /** The shape of one image. */
    long[] shape(int channels, int height, int width) {
        return this == NCHW ? new long[] {channels, height, width} : new long[] {height, width, channels};
    }
}
