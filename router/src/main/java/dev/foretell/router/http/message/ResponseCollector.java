package dev.foretell.router.http.message;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.upstream.call.PlainBody;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/**
 * Reads a response completely, within a bound and without its compression, because it becomes part of another one. Used once, on the call's event
 * loop.
 */
public final class ResponseCollector implements ResponseStream.Reader {
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final Promise<Buffer> whole = Promise.promise();
    private final ResponseStream rest;
    private final Buffer body;

    private ResponseCollector(Buffer first, ResponseStream rest) {
        this.body = first.copy();
        this.rest = rest;
    }

    public static Future<Buffer> of(Response response) {
        ResponseStream rest = response.rest();
        if (rest == null) {
            return Future.succeededFuture(response.body()).map(body -> plain(response, body));
        }
        ResponseCollector reader = new ResponseCollector(response.body(), rest);
        rest.readBy(reader);
        return reader.whole.future().map(body -> plain(response, body));
    }

    private static Buffer plain(Response response, Buffer body) {
        return PlainBody.isCompressed(response.headers())
                ? Buffer.buffer(PlainBody.of(response.headers(), body))
                : body;
    }

    @Override
    public void piece(Buffer piece) {
        if (body.length() + piece.length() > MAX_BYTES) {
            rest.giveUp(ResponseStream.End.CANCELLED);
            whole.tryFail(new ServingException(
                    FailureKind.WORKER_FAILED, "the response is longer than " + MAX_BYTES + " bytes"));
        } else {
            body.appendBuffer(piece);
        }
    }

    @Override
    public void onEnd(ResponseStream.End how) {
        switch (how) {
            case WHOLE -> whole.tryComplete(body);
            case FUNCTION_FAILED, REFUSED ->
                whole.tryFail(new ServingException(
                        FailureKind.FUNCTION_FAILED, "the function failed during its" + " response"));
            case BROKEN_OFF, CANCELLED ->
                whole.tryFail(new ServingException(FailureKind.WORKER_FAILED, "the worker broke off its response"));
        }
    }
}
