package dev.foretell.router.models.files;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import org.jspecify.annotations.Nullable;

/**
 * Checks text that will be stored with a model but has been decoded elsewhere: form decoders replace bytes that are not
 * UTF-8.
 */
public final class StoredText {
    private static final char REPLACEMENT = '\uFFFD';

    private StoredText() {}

    /**
     * Returns the text.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if it was not UTF-8 or cannot be encoded as UTF-8
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

    /** The beginning of a text, without half of a character at the end. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
