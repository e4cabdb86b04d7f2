package dev.foretell.worker;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a program hands over: where it is missing, the message says what it is for. */
final class Given {
    private Given() {}

    /** @throws IllegalArgumentException with this sentence if there is none, or nothing in it */
    static void text(@Nullable String value, String otherwise) {
        present(value == null || value.isBlank() ? null : value, otherwise);
    }

    /** @throws IllegalArgumentException with this sentence if there is none */
    static void present(@Nullable Object value, String otherwise) {
        if (value == null) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** @throws IllegalArgumentException with this sentence if there are none, or one of them is not there */
    static void some(@Nullable Object @Nullable [] values, String otherwise) {
        boolean isThere =
                values != null && values.length > 0 && Arrays.stream(values).allMatch(Objects::nonNull);
        present(isThere ? values : null, otherwise);
    }
}
