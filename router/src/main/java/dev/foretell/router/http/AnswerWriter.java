package dev.foretell.router.http;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.AnswerStream;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Passes an answer on as it is, with the caller's own request id where it gave one. */
public final class AnswerWriter {
    private AnswerWriter() {}

    /** Whole, or in pieces where it is a stream. */
    public static void pass(HttpServerRequest request, Answer answer, Deadlines deadlines) {
        AnswerStream rest = answer.rest();
        if (rest == null) {
            write(request, answer);
        } else {
            StreamedAnswer.write(request, answer, rest, deadlines);
        }
    }

    static void write(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.closed()) {
            head(request, answer);
            response.end(answer.body());
        }
    }

    static void head(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status());
        copy(answer.headers(), response.headers());
        RequestId.given(request).ifPresent(id -> response.headers().set(Headers.REQUEST_ID, id));
    }

    /** As the bytes they came as, where they are: text would have to be made of them first. */
    private static void copy(MultiMap from, MultiMap to) {
        if (from instanceof HttpHeaders raw) {
            raw.iteratorCharSequence().forEachRemaining(header -> to.add(header.getKey(), header.getValue()));
        } else {
            to.addAll(from);
        }
    }
}
