package dev.foretell.router.fallback;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.Answer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

/** An answer in place of another, which says so. */
public record StandIn(int status, MultiMap headers, Buffer body) implements Answer {
    /** The answer of this kind for this reason. */
    public static StandIn of(Answer answer, String kind, FallbackReason reason) {
        MultiMap headers =
                HttpHeaders.headers().addAll(answer.headers()).set(Headers.FALLBACK, kind + "; reason=" + reason);
        return new StandIn(answer.status(), headers, answer.body());
    }
}
