package dev.foretell.router.store.hash;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Encodes values for the store after a check that they can be read back, with the same code that reads them after a
 * restart.
 */
public final class ReadableCheck {
    private ReadableCheck() {}

    /**
     * The stored text of a value.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if reading it back yields another value or fails
     */
    public static <T> String text(T value, Function<T, String> writer, Function<String, T> reader) {
        String written = writer.apply(value);
        String kept = new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        try {
            if (reader.apply(kept).equals(value)) {
                return written;
            }
        } catch (RuntimeException e) { // each reader throws its own exceptions
            throw misfit(e);
        }
        throw misfit(null);
    }

    /** The same for a value that is a text. */
    public static String text(String value) {
        return text(value, Function.identity(), Function.identity());
    }

    private static ServingException misfit(@org.jspecify.annotations.Nullable Exception cause) {
        return new ServingException(
                FailureKind.MALFORMED,
                "the value cannot be stored, because it could not be read back" + " unchanged",
                cause);
    }
}
