package dev.foretell.router.http.message;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/**
 * Bodies that are compressed in a way that is not known here, which the edge has left as they are: not taken for what is in them. Of
 * those that it undoes, nothing is left to be seen.
 */
public final class ContentEncodingCheck {
    private static final String TAKEN = "gzip, deflate";

    private ContentEncodingCheck() {}

    /**
     * The same, for what is no form either.
     *
     * @throws ServingException {@link FailureKind#UNSUPPORTED_MEDIA_TYPE}
     */
    public static void requireNoForm(HttpServerRequest request) {
        require(request);
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw new ServingException(
                    FailureKind.UNSUPPORTED_MEDIA_TYPE, "a form is not taken here: send JSON, as curl -d @FILE does");
        }
    }

    /**
     * Tells with a refusal what is taken (RFC 9110, 15.5.16).
     *
     * @throws ServingException {@link FailureKind#UNSUPPORTED_MEDIA_TYPE} for a body that is compressed in another way
     */
    public static void require(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, TAKEN);
            throw new ServingException(
                    FailureKind.UNSUPPORTED_MEDIA_TYPE,
                    "the body's Content-Encoding is none that is taken: send it as gzip, deflate, or as it is");
        }
    }
}
