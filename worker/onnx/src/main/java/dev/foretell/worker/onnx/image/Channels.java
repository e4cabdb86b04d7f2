package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import java.util.Locale;

/** The colours that a model sees, in order. */
enum Channels {
    RGB(0, 1, 2),
    BGR(2, 1, 0),
    /** Brightness: 0.299 red, 0.587 green, 0.114 blue. */
    GREY(-1);

    private final int[] order;

    Channels(int... order) {
        this.order = order;
    }

    static Channels byName(String name) {
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "RGB" -> RGB;
            case "BGR" -> BGR;
            case "GREY", "GRAY", "L" -> GREY;
            default -> throw misfit("image.channels is RGB, BGR or GREY, not " + name);
        };
    }

    static Channels ofCount(long count) {
        return count == 1 ? GREY : RGB;
    }

    int count() {
        return order.length;
    }

    /** The channel with this index of a colour, each component from 0 to 255. */
    float of(int channel, float red, float green, float blue) {
        return switch (order[channel]) {
            case 0 -> red;
            case 1 -> green;
            case 2 -> blue;
            default -> 0.299f * red + 0.587f * green + 0.114f * blue;
        };
    }
}
