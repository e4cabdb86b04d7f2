package dev.foretell.worker.function.binding;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Distinguishes raw bodies from JSON by the media type. A type that many clients send by default counts as JSON. */
final class RawBody {
    /** The headers that it needs. */
    static final List<String> HEADERS = List.of("content-type");

    private static final String BYTES = "application/octet-stream";
    private static final Set<String> MEDIA = Set.of("image", "audio", "video");

    private RawBody() {}

    static boolean isOne(Map<String, String> headers) {
        String type = headers.getOrDefault(HEADERS.get(0), "")
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.equals(BYTES) || MEDIA.contains(type.split("/", 2)[0]);
    }
}
