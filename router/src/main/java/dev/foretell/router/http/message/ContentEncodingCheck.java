package dev.foretell.router.http.message;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/**
 * Refuses bodies with an unknown compression, which the edge leaves unchanged, instead of parsing their compressed
 * bytes. Supported compressions are no longer visible here.
 */
public final class ContentEncodingCheck {
    private static final String TAKEN = "gzip, deflate";

    private ContentEncodingCheck() {}

    /**
     * The same; also refuses forms.
     *
     * @throws ServingException {@link FailureKind#UNSUPPORTED_MEDIA_TYPE}
     */
    public static void requireNoForm(HttpServerRequest request) {
        require(request);
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw new ServingException(
                    FailureKind.UNSUPPORTED_MEDIA_TYPE,
                    "a form is not supported here: send JSON, as curl -d" + " @FILE does");
        }
    }

    /**
     * The refusal lists the supported compressions (RFC 9110, 15.5.16).
     *
     * @throws ServingException {@link FailureKind#UNSUPPORTED_MEDIA_TYPE} for a body with another compression
     */
    public static void require(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, TAKEN);
            throw new ServingException(
                    FailureKind.UNSUPPORTED_MEDIA_TYPE,
                    "the body's Content-Encoding is not supported: send gzip, deflate, or no compression");
        }
    }
}
