package dev.foretell.worker.function;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function returns this to choose its own status, body and headers. The body may be anything that a function can
 * return. Text is sent unchanged if a {@code Content-Type} header says that it is not JSON.
 */
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {
    public Answer {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is not between 200 and 599");
        }
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = Collections.unmodifiableMap(anyCase);
    }

    public static Answer of(int status, @Nullable Object body) {
        return new Answer(status, body, Map.of());
    }

    /** The same answer with another header, or another value for it. */
    public Answer header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new Answer(status, body, more);
    }
}
