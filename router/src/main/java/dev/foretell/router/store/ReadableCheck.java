package dev.foretell.router.store;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Writes what is to be kept, once it is sure that it can be read again: by the code that reads it after a restart. */
final class ReadableCheck {
    private ReadableCheck() {}

    /**
     * The text that is kept of a value.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} where another value, or none, would be read
     */
    static <T> String text(T value, Function<T, String> writer, Function<String, T> reader) {
        String written = writer.apply(value);
        String kept = new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        try {
            if (reader.apply(kept).equals(value)) {
                return written;
            }
        } catch (RuntimeException e) { // each reader has its own
            throw misfit(e);
        }
        throw misfit(null);
    }

    /** The same of what is text itself. */
    static String text(String value) {
        return text(value, Function.identity(), Function.identity());
    }

    private static ServingException misfit(@org.jspecify.annotations.Nullable Exception cause) {
        return new ServingException(
                FailureKind.MALFORMED, "what was sent cannot be kept: it could not be read back as it is", cause);
    }
}
