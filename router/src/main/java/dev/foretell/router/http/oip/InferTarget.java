package dev.foretell.router.http.oip;

import org.jspecify.annotations.Nullable;

/**
 * The model and the version in {@code /v2/models/{model}/infer} and {@code
 * /v2/models/{model}/versions/{version}/infer}.
 *
 * @param version null if the URL has no version
 */
record InferTarget(String model, @Nullable String version) {
    private static final String PREFIX = "/v2/models/";
    private static final String VERSIONS = "/versions/";
    private static final String SUFFIX = "/infer";

    /** Null for any other path, and for one with escapes: the routes decode those. */
    static @Nullable InferTarget of(@Nullable String path) {
        if (path == null || !path.startsWith(PREFIX) || !path.endsWith(SUFFIX) || path.indexOf('%') >= 0) {
            return null;
        }
        int end = path.length() - SUFFIX.length();
        int slash = path.indexOf('/', PREFIX.length());
        if (slash == PREFIX.length()) {
            return null;
        } else if (slash == end) {
            return new InferTarget(path.substring(PREFIX.length(), end), null);
        }
        int version = slash + VERSIONS.length();
        return version < end && path.startsWith(VERSIONS, slash) && path.indexOf('/', version) == end
                ? new InferTarget(path.substring(PREFIX.length(), slash), path.substring(version, end))
                : null;
    }
}
