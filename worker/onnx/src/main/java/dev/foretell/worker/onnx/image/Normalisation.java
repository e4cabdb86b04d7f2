package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import dev.foretell.commons.tensor.Datatype;
import java.util.Map;

/**
 * Converts a channel's 0 to 255 to the model's number: {@code (v · scale − mean) / std}, as one multiplication and one
 * addition.
 */
final class Normalisation {
    private final float[] factor;
    private final float[] offset;

    private Normalisation(float[] factor, float[] offset) {
        this.factor = factor;
        this.offset = offset;
    }

    static Normalisation of(Datatype datatype, int channels, Map<String, String> metadata) {
        double scale =
                number("image.scale", metadata.getOrDefault("image.scale", datatype == Datatype.UINT8 ? "1" : "1/255"));
        double[] mean = numbers("image.mean", metadata.getOrDefault("image.mean", "0"), channels);
        double[] std = numbers("image.std", metadata.getOrDefault("image.std", "1"), channels);
        float[] factor = new float[channels];
        float[] offset = new float[channels];
        for (int i = 0; i < channels; i++) {
            if (std[i] == 0) {
                throw misfit("image.std must not be 0");
            }
            factor[i] = (float) (scale / std[i]);
            offset[i] = (float) (-mean[i] / std[i]);
        }
        return new Normalisation(factor, offset);
    }

    float apply(int channel, float value) {
        return value * factor[channel] + offset[channel];
    }

    private static double[] numbers(String key, String text, int channels) {
        String[] parts = text.replaceAll("[\\[\\]]", "").strip().split("[,\\s]+");
        if (parts.length != 1 && parts.length != channels) {
            throw misfit(key + " must be one number or " + channels + ", not " + text);
        }
        double[] numbers = new double[channels];
        for (int i = 0; i < channels; i++) {
            numbers[i] = number(key, parts[Math.min(i, parts.length - 1)]);
        }
        return numbers;
    }

    /** A number or a fraction. */
    private static double number(String key, String text) {
        try {
            String[] fraction = text.split("/", 2);
            double number = Double.parseDouble(fraction[0]);
            double value = fraction.length == 1 ? number : number / Double.parseDouble(fraction[1]);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw misfit(key + " must be a number, not " + text);
    }
}
