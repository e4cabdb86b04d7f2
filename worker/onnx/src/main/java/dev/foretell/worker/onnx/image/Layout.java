package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import java.util.List;
import java.util.Locale;

/** Where a shape has its channels: ahead of rows and columns, or after them. */
enum Layout {
    NCHW,
    NHWC;

    /** As the metadata says it; the batch's N may be left out. */
    static Layout byName(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "NCHW", "CHW" -> NCHW;
            case "NHWC", "HWC" -> NHWC;
            default -> throw misfit("image.layout is NCHW or NHWC, not " + name);
        };
    }

    /** As the shape of one image tells it: 1 or 3 are channels. */
    static Layout ofShape(List<Long> image) {
        if (isChannels(image.get(0))) {
            return NCHW;
        }
        if (isChannels(image.get(2))) {
            return NHWC;
        }
        throw misfit("the model's metadata must say image.layout: its shape does not tell where the channels are");
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
