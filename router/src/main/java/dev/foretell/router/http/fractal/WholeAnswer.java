package dev.foretell.router.http.fractal;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.AnswerStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** Reads an answer to its end, within a bound: here it stands within another. Used once, on the call's event loop. */
final class WholeAnswer implements AnswerStream.Reader {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Promise<Buffer> whole = Promise.promise();
    private final AnswerStream rest;
    private final Buffer body;

    private WholeAnswer(Buffer first, AnswerStream rest) {
        this.body = first.copy();
        this.rest = rest;
    }

    static Future<Buffer> of(Answer answer) {
        AnswerStream rest = answer.rest();
        if (rest == null) {
            return Future.succeededFuture(answer.body());
        }
        WholeAnswer reader = new WholeAnswer(answer.body(), rest);
        rest.readBy(reader);
        return reader.whole.future();
    }

    @Override
    public void piece(Buffer piece) {
        if (body.length() + piece.length() > MOST_BYTES) {
            rest.giveUp(AnswerStream.End.CANCELLED);
            whole.tryFail(new ServingException(
                    FailureKind.WORKER_FAILED, "the answer is longer than " + MOST_BYTES + " bytes"));
        } else {
            body.appendBuffer(piece);
        }
    }

    @Override
    public void ended(AnswerStream.End how) {
        switch (how) {
            case WHOLE -> whole.tryComplete(body);
            case FUNCTION_FAILED, REFUSED ->
                whole.tryFail(new ServingException(FailureKind.FUNCTION_FAILED, "the function failed in mid-answer"));
            case BROKEN_OFF, CANCELLED ->
                whole.tryFail(new ServingException(FailureKind.WORKER_FAILED, "the worker broke off its answer"));
        }
    }
}
