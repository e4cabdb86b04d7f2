package dev.foretell.router.http.edge;

import dev.foretell.commons.wire.Headers;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id of a request in responses and logs: the caller's own id if it is valid, otherwise a random one. */
public final class RequestId {
    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RequestId() {}

    public static String of(HttpServerRequest request) {
        return find(request)
                .orElseGet(() ->
                        HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    /** The caller's own id, if it sent a valid one. */
    public static Optional<String> find(HttpServerRequest request) {
        String given = request.getHeader(Headers.REQUEST_ID);
        return given != null && FIT.matcher(given).matches() ? Optional.of(given) : Optional.empty();
    }
}
