package dev.foretell.router.models.files;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import org.jspecify.annotations.Nullable;

/** Text that is to be kept with a model, where it has been decoded by others: in a form, they replace what is not UTF-8. */
public final class StoredText {
    private static final char REPLACEMENT = '\uFFFD';

    private StoredText() {}

    /**
     * Returns the text it was given.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} where it was not UTF-8, or cannot be written so
     */
    public static @Nullable String require(String what, @Nullable String text) {
        for (int i = 0; text != null && i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == REPLACEMENT || Character.isSurrogate(c) && !pair) {
                throw new ServingException(FailureKind.MALFORMED, what + " must be UTF-8");
            }
            i += pair ? 1 : 0;
        }
        return text;
    }

    /** Its beginning, without half a character at the end. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
