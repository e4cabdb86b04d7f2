package dev.foretell.router.http.experts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.Experts;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.http.message.SmallBody;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/** Reads {@code {"id": "m1", "url": "http://localhost:9003/test"}}; whatever is wrong is 400, as this dialect has it. */
final class ExpertReader {
    private static final String EXAMPLE = ", as in {\"id\": \"m1\", \"url\": \"http://localhost:9003/test\"}";

    private ExpertReader() {}

    /** The expert as a map of one model with one worker; fails with {@link FailureKind#MALFORMED}. */
    static Future<RoutingMap> read(HttpServerRequest request) {
        return SmallBody.json(request)
                .recover(failure -> Future.failedFuture(
                        failure instanceof ServingException known && known.kind() == FailureKind.INVALID_INPUT
                                ? malformed(known.detail())
                                : failure))
                .map(ExpertReader::expert);
    }

    private static RoutingMap expert(JsonNode body) {
        try {
            ModelKey key = new ModelKey(Experts.TYPE, id(body.path("id")));
            return new RoutingMap(Map.of(
                    key, new RoutingMap.Model(null, List.of(ExpertUrl.parse(url(body.path("url")))))));
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    /** A whole number is an id too. */
    private static String id(JsonNode id) {
        if (!id.isTextual() && !id.isIntegralNumber()) {
            throw malformed("id is missing: a text or a whole number" + EXAMPLE);
        }
        if (id.asText().indexOf(':') >= 0) {
            throw malformed("id must hold no colon, which stands before a model's version");
        }
        return id.asText();
    }

    private static String url(JsonNode url) {
        if (!url.isTextual()) {
            throw malformed("url is missing: where the expert predicts" + EXAMPLE);
        }
        return url.asText();
    }

    private static ServingException malformed(String detail) {
        return new ServingException(FailureKind.MALFORMED, detail);
    }
}
