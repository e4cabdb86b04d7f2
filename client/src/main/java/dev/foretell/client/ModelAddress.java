package dev.foretell.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The model of a call: {@code fib}, {@code iris:2}, {@code iris:prod}, or {@code fraud/score} for one of another type
 * than AI.
 *
 * @param id the name, with the version or alias if there is one
 * @param isTyped whether the type was named
 */
record ModelAddress(String type, String id, boolean isTyped) {
    private static final String NAME = "[A-Za-z0-9._-]{1,128}";
    private static final Pattern ADDRESS = Pattern.compile("(?:(" + NAME + ")/)?(" + NAME + "(?::" + NAME + ")?)");

    /** @throws IllegalArgumentException if no model has such a name */
    static ModelAddress of(String model) {
        Matcher address = ADDRESS.matcher(model);
        if (!address.matches()) {
            throw new IllegalArgumentException("'" + model
                    + "' names no model: write fib, iris:2 or iris:prod, with the type in front if it is not AI:"
                    + " fraud/score");
        }
        boolean isTyped = address.group(1) != null;
        return new ModelAddress(isTyped ? address.group(1) : "AI", address.group(2), isTyped);
    }

    /** The URL that takes the model's id in the body. */
    String path() {
        return "/v1/" + type + "_model/predict";
    }

    /** The URL that takes the arguments as the body. */
    String ownPath() {
        return "/v1/" + type + "_model/" + id + "/predict";
    }

    /** The URL that tells of it. */
    String metadataPath() {
        String name = id.replaceFirst(":.*", "");
        String version = id.equals(name) ? "" : "/versions/" + id.substring(name.length() + 1);
        return "/v2/models/" + (isTyped ? type + "%2F" : "") + name + version;
    }
}
