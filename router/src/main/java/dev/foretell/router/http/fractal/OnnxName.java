package dev.foretell.router.http.fractal;

import java.util.Locale;

/** The name of a model: with {@code .onnx} for Fractal's users, without it everywhere else. */
final class OnnxName {
    private static final String EXTENSION = ".onnx";

    private OnnxName() {}

    static boolean isOnnx(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(EXTENSION);
    }

    /** Whether it has another extension. */
    static boolean isOther(String name) {
        return name.indexOf('.') >= 0 && !isOnnx(name);
    }

    static String ours(String theirs) {
        return isOnnx(theirs) ? theirs.substring(0, theirs.length() - EXTENSION.length()) : theirs;
    }

    static String theirs(String ours) {
        return ours + EXTENSION;
    }
}
