package dev.foretell.router.upstream;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.upstream.AttemptFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;

/** Reads one worker's answer to its end, within a bound; "busy" and 5xx become failures. Used once, on the event loop. */
final class AnswerReader {
    private final HttpClientResponse response;
    private final WorkerId worker;
    private final int maxBytes;
    private final Promise<WorkerAnswer> done = Promise.promise();
    private Buffer body = Buffer.buffer();

    private AnswerReader(WorkerId worker, HttpClientResponse response, int maxBytes) {
        this.worker = worker;
        this.response = response;
        this.maxBytes = maxBytes;
    }

    static Future<WorkerAnswer> read(WorkerId worker, HttpClientResponse response, int maxBytes) {
        AnswerReader reader = new AnswerReader(worker, response, maxBytes);
        response.handler(reader::chunk).endHandler(v -> reader.end()).exceptionHandler(reader.done::tryFail);
        return reader.done.future();
    }

    private void chunk(Buffer chunk) {
        if (body.length() + chunk.length() > maxBytes) {
            done.tryFail(new AttemptFailure(Reason.GARBLED, null));
            response.request().reset(0);
        } else if (body.length() == 0) {
            body = chunk;
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void end() {
        int status = response.statusCode();
        if (status == 429 || status == 503) {
            done.tryFail(new AttemptFailure(Reason.BUSY, response.getHeader(HttpHeaders.RETRY_AFTER), null));
        } else if (status >= 500) {
            done.tryFail(new AttemptFailure(Reason.ERROR_STATUS, null));
        } else {
            done.tryComplete(new WorkerAnswer(worker, status, response.headers(), body));
        }
    }
}
