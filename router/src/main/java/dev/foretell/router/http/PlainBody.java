package dev.foretell.router.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Bodies are taken as they are: what is compressed is said to be no such body, and not taken for what is in it. */
public final class PlainBody {
    private PlainBody() {}

    /** @throws ServingException {@link FailureKind#UNSUPPORTED_MEDIA_TYPE} for a body that is compressed */
    public static void require(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ServingException(
                    FailureKind.UNSUPPORTED_MEDIA_TYPE, "bodies are taken as they are, not compressed");
        }
    }
}
