package dev.foretell.router.http.message;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Utf8;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the text in a URL: percent-encoded UTF-8, without silent replacements. */
public final class UrlText {
    /** The last character may be a slash. */
    private static final Pattern ODD_STEP = Pattern.compile("//|/(\\.|%2[eE]){1,2}(/|$)");

    private UrlText() {}

    /**
     * Leaves invalid escapes to the decoder of the URL.
     *
     * @throws ServingException {@link FailureKind#MALFORMED}
     */
    public static void require(@Nullable String uri) {
        if (uri == null || isPlain(uri)) {
            return;
        }
        byte[] bytes = new byte[uri.length()];
        int length = 0;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            int high = c == '%' && i + 2 < uri.length() ? Character.digit(uri.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(uri.charAt(i + 2), 16);
            if (c > 0x7E) {
                throw malformation();
            }
            bytes[length++] = (byte) (low < 0 ? c : high << 4 | low);
            i += low < 0 ? 0 : 2;
        }
        if (!Utf8.isValid(bytes, 0, length)) {
            throw malformation();
        }
    }

    /**
     * Whether a path has an empty segment, {@code .} or {@code ..}, in any encoding. Routes normalise the path, but
     * predict calls bypass them and do not. A path that is read in two ways must not be served.
     */
    public static boolean hasOddStep(@Nullable String path) {
        return path != null && ODD_STEP.matcher(path).find();
    }

    public static boolean isPlain(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) == '%' || uri.charAt(i) > 0x7E) {
                return false;
            }
        }
        return true;
    }

    private static ServingException malformation() {
        return new ServingException(FailureKind.MALFORMED, "the text in the URL must be percent-encoded UTF-8");
    }
}
