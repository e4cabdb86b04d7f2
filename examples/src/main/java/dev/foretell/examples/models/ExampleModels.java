package dev.foretell.examples.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Creates the example models and images for them, with the same bytes each time, in one or two seconds. */
public final class ExampleModels {
    private static final double PENALTY = 1;
    private static final Map<String, Supplier<byte[]>> FILES = new LinkedHashMap<>();

    static {
        FILES.put("iris.onnx", ExampleModels::iris);
        FILES.put("diabetes.onnx", DiabetesModel::file);
        FILES.put("digits.onnx", ExampleModels::digits);
        FILES.put("three.png", () -> picture(3, "png"));
        FILES.put("seven.png", () -> picture(7, "png"));
        FILES.put("four.jpg", () -> picture(4, "jpeg"));
    }

    private ExampleModels() {}

    /** Writes all of them to a folder; the default is {@code models} here. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments.length == 0 ? "models" : arguments[0]));
    }

    /** Writes all of them to a folder and creates it if it is missing. */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, Supplier<byte[]>> file : FILES.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue().get());
        }
    }

    /** A model that classifies irises. */
    public static byte[] iris() {
        return IrisModel.file(PENALTY);
    }

    /** The same with slightly different training: each number gives another version. */
    public static byte[] iris(int variant) {
        return IrisModel.file(PENALTY + 0.01 * variant);
    }

    /** A model that reads digits. */
    public static byte[] digits() {
        return DigitsModel.file();
    }

    /** A large model without a purpose, from four numbers to one; each variant has its own weights. */
    public static byte[] heavy(int variant, int megabytes) {
        return HeavyModel.file(variant, megabytes);
    }

    /**
     * An image for it.
     *
     * @param format {@code png} or {@code jpeg}
     */
    public static byte[] picture(int digit, String format) {
        return DigitImage.file(digit, format, 160, 120);
    }
}
