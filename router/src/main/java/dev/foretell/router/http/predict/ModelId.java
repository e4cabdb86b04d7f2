package dev.foretell.router.http.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.Names;
import dev.foretell.router.http.message.UrlText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The model id of a call: at most as long as a name, a colon, and the name of a version. */
final class ModelId {
    private ModelId() {}

    /**
     * Returns the id.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} if no model can have it
     */
    static String require(String id) {
        if (id.isEmpty()) {
            throw new ServingException(FailureKind.INVALID_INPUT, "modelId is empty");
        }
        if (id.length() > Names.MAX_CHARACTERS && !isOfVersion(id)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, "modelId is longer than " + Names.MAX_CHARACTERS + " characters");
        }
        return id;
    }

    private static boolean isOfVersion(String id) {
        int colon = id.indexOf(':');
        return colon > 0 && colon <= Names.MAX_CHARACTERS && id.length() - colon - 1 <= Names.MAX_CHARACTERS;
    }

    /**
     * Decodes the id in a path segment.
     *
     * @throws ServingException {@link FailureKind#BAD_REQUEST} if its percent-encoding is malformed, {@link
     *     FailureKind#MALFORMED} if it is not UTF-8, otherwise like {@link #require}
     */
    static String ofSegment(String segment) {
        return require(UrlText.isPlain(segment) ? segment : decode(segment));
    }

    private static String decode(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        try {
            for (int i = 0; i < segment.length(); i++) {
                char c = segment.charAt(i);
                bytes.write(c == '%' ? HexFormat.fromHexDigits(segment, i + 1, i + 3) : c);
                i += c == '%' ? 2 : 0;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new ServingException(
                    FailureKind.BAD_REQUEST, "the percent-encoding of the model in the URL is malformed", malformed);
        }
        UrlText.require(segment);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
