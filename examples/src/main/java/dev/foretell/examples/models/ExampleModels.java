package dev.foretell.examples.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the example models, and pictures for them: the same bytes each time, in a second or two for all. */
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

    /** Writes all of them to a folder, {@code models} here where none is named. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments.length == 0 ? "models" : arguments[0]));
    }

    /** Writes all of them to a folder, which is made where it is missing. */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, Supplier<byte[]>> file : FILES.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue().get());
        }
    }

    /** A model that tells irises apart. */
    public static byte[] iris() {
        return IrisModel.file(PENALTY);
    }

    /** The same, learned a little otherwise: each number makes another version. */
    public static byte[] iris(int variant) {
        return IrisModel.file(PENALTY + 0.01 * variant);
    }

    /** A model that reads digits. */
    public static byte[] digits() {
        return DigitsModel.file();
    }

    /** A model that answers a number to four, of no use but its weight: each variant has weights of its own. */
    public static byte[] heavy(int variant, int megabytes) {
        return HeavyModel.file(variant, megabytes);
    }

    /**
     * A picture for it.
     *
     * @param format {@code png} or {@code jpeg}
     */
    public static byte[] picture(int digit, String format) {
        return DigitImage.file(digit, format, 160, 120);
    }
}
