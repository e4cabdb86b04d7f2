package dev.foretell.router.http.predict;

import org.jspecify.annotations.Nullable;

/** The type and the model in {@code /v1/{type}_model/{model}/predict}. */
record PredictTarget(String type, String model) {
    private static final String PREFIX = "/v1/";
    private static final String MIDDLE = "_model/";
    private static final String SUFFIX = "/predict";

    /** Null for any other path. */
    static @Nullable PredictTarget of(@Nullable String path) {
        if (path == null || !path.startsWith(PREFIX) || !path.endsWith(SUFFIX)) {
            return null;
        }
        int slash = path.indexOf('/', PREFIX.length());
        int model = slash + 1;
        int end = path.length() - SUFFIX.length();
        boolean fits = model < end
                && path.indexOf('/', model) == end
                && path.startsWith(MIDDLE, model - MIDDLE.length())
                && model - MIDDLE.length() > PREFIX.length();
        return fits
                ? new PredictTarget(
                        path.substring(PREFIX.length(), model - MIDDLE.length()), path.substring(model, end))
                : null;
    }
}
