package dev.foretell.router.http.message;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.upstream.call.CallMemory;
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
    private final Buffer body = Buffer.buffer();
    private final CallMemory memory;

    private ResponseCollector(ResponseStream rest, CallMemory memory) {
        this.rest = rest;
        this.memory = memory;
    }

    /** @param memory takes the body and its copy, for the rest of the call */
    public static Future<Buffer> of(Response response, CallMemory memory) {
        return whole(response, memory).map(body -> plain(response, body, memory));
    }

    private static Future<Buffer> whole(Response response, CallMemory memory) {
        ResponseStream rest = response.rest();
        if (rest == null) {
            return Future.succeededFuture(response.body()).map(body -> {
                memory.takeBody(body.length());
                return body;
            });
        }
        ResponseCollector reader = new ResponseCollector(rest, memory);
        reader.piece(response.body());
        rest.readBy(reader);
        return reader.whole.future();
    }

    private static Buffer plain(Response response, Buffer body, CallMemory memory) {
        if (!PlainBody.isCompressed(response.headers())) {
            return body;
        }
        memory.takeBody(PlainBody.MAX_BYTES);
        return Buffer.buffer(PlainBody.of(response.headers(), body));
    }

    @Override
    public void piece(Buffer piece) {
        if (whole.future().isComplete()) {
            return;
        }
        try {
            requireFits(piece.length());
            body.appendBuffer(piece);
        } catch (ServingException e) {
            rest.giveUp(ResponseStream.End.CANCELLED);
            whole.tryFail(e);
        }
    }

    private void requireFits(int more) {
        if (body.length() + more > MAX_BYTES) {
            throw new ServingException(
                    FailureKind.WORKER_FAILED, "the response is longer than " + MAX_BYTES + " bytes");
        }
        memory.takeBody(more);
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
