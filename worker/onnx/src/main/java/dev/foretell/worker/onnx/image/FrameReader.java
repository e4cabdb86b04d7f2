package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the {@link Frame} from the input's shape and from the size and resizing in the metadata. */
final class FrameReader {
    private FrameReader() {}

    static Frame read(long shapeWidth, long shapeHeight, Map<String, String> metadata) {
        String[] told = sides(metadata.get("image.size"));
        int width = side(shapeWidth, told[0]);
        int height = side(shapeHeight, told[told.length - 1]);
        return new Frame(
                width, height, shorter(metadata.getOrDefault("image.resize", "crop"), Math.min(width, height)));
    }

    private static String[] sides(@Nullable String size) {
        String[] sides = size == null ? new String[] {""} : size.strip().split("[xX]", -1);
        if (sides.length > 2) {
            throw misfit("image.size is like 224 or 320x240, not " + size);
        }
        return sides;
    }

    private static int side(long ofShape, String told) {
        if (told.isEmpty() && ofShape <= 0) {
            throw misfit("the model's metadata must say image.size: its input takes any size");
        }
        int side = told.isEmpty() ? (int) Math.min(ofShape, Integer.MAX_VALUE) : number("image.size", told);
        if (ofShape > 0 && side != ofShape) {
            throw misfit("the model's metadata says image.size " + side + ", its input's shape " + ofShape);
        }
        return side;
    }

    private static int shorter(String resize, int size) {
        return switch (resize.strip()) {
            case "crop" -> size;
            case "stretch" -> 0;
            default -> number("image.resize", resize);
        };
    }

    private static int number(String key, String text) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw misfit(key + " must be a positive number, not " + text);
    }
}
