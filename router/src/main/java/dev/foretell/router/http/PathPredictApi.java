package dev.foretell.router.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.predict.Predictor;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.CallForm;
import dev.foretell.router.upstream.WorkerAnswer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/{type}_model/{model}/predict}, or PUT, which is what {@code curl -T} says: the body is the arguments
 * themselves, of any type that the worker takes. A long one, or one of unknown length, is passed on while it comes in. Each
 * event loop has one.
 */
final class PathPredictApi {
    private static final Buffer NOTHING = Buffer.buffer();

    private final Predictor predictor;
    private final Deadlines deadlines;
    private final ProblemHandler problems;
    private final HttpConfig config;

    PathPredictApi(Predictor predictor, Deadlines deadlines, ProblemHandler problems, HttpConfig config) {
        this.predictor = predictor;
        this.deadlines = deadlines;
        this.problems = problems;
        this.config = config;
    }

    static boolean takes(HttpServerRequest request) {
        return (request.method() == HttpMethod.POST || request.method() == HttpMethod.PUT)
                && PredictTarget.of(request.path()) != null;
    }

    void predict(HttpServerRequest request) {
        CallAbort abort = new CallAbort();
        request.response().closeHandler(v -> abort.abort(AttemptFailure.Reason.CANCELLED));
        try {
            Deadline deadline = deadlines.of(request.getHeader(Headers.TIMEOUT_MS));
            long length = announced(request);
            if (length >= 0 && length <= config.streamOver()) {
                gathered(request, deadline, abort);
            } else {
                uploaded(request, deadline, abort, length);
            }
        } catch (RuntimeException e) {
            problems.answer(request, e);
        }
    }

    private void gathered(HttpServerRequest request, Deadline deadline, CallAbort abort) {
        Future<WorkerAnswer> answer = BodyReader.read(request, config.streamOver())
                .compose(body -> predictor.predict(whole(request, body, deadline, abort)));
        deadlines
                .within(deadline, abort, answer)
                .onSuccess(said -> StreamedAnswer.writeAny(request, said, deadlines))
                .onFailure(failure -> problems.answer(request, failure));
    }

    private static PredictCall whole(HttpServerRequest request, Buffer body, Deadline deadline, CallAbort abort) {
        String type = mediaType(request);
        if (type == null) {
            PredictBody.requireJson(body);
        }
        return call(request, body, deadline, abort, CallForm.of(StreamedAnswer.wish(request), type, null));
    }

    private void uploaded(HttpServerRequest request, Deadline deadline, CallAbort abort, long length) {
        if (length > config.maxStreamBytes()) {
            throw UploadedBody.tooLarge(config.maxStreamBytes());
        }
        UploadedBody body = new UploadedBody(request, deadlines, config, length);
        CallForm form = CallForm.of(StreamedAnswer.wish(request), mediaType(request), body);
        deadlines
                .within(deadline, abort, unlessBodyFails(body, abort, sent(request, deadline, abort, form)))
                .onSuccess(said -> {
                    if (said.rest() == null) {
                        body.discardRest();
                    }
                    StreamedAnswer.writeAny(request, said, deadlines);
                })
                .onFailure(failure -> {
                    body.discardRest();
                    problems.answer(request, failure);
                });
    }

    private Future<WorkerAnswer> sent(
            HttpServerRequest request, Deadline deadline, CallAbort abort, @Nullable CallForm form) {
        try {
            return predictor.predict(call(request, NOTHING, deadline, abort, form));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** What is wrong with the body is what is said: that the call was broken off is but what follows of it. */
    private static Future<WorkerAnswer> unlessBodyFails(
            UploadedBody body, CallAbort abort, Future<WorkerAnswer> answer) {
        body.failure().onFailure(wrong -> abort.abort(AttemptFailure.Reason.CANCELLED));
        return answer.recover(failure ->
                Future.failedFuture(body.failure().failed() ? body.failure().cause() : failure));
    }

    private static PredictCall call(
            HttpServerRequest request, Buffer data, Deadline deadline, CallAbort abort, @Nullable CallForm form) {
        PredictTarget target = PredictTarget.of(request.path());
        if (target == null) {
            throw new ServingException(FailureKind.NOT_FOUND, "there is nothing at this URL");
        }
        return new PredictCall(
                target.type(),
                target.model(),
                data,
                request.getHeader(Headers.STICKY_KEY),
                Priority.of(request.getHeader(Headers.PRIORITY)),
                deadline,
                abort,
                form);
    }

    /** Null for JSON. */
    private static @Nullable String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return null;
        }
        if (!type.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new ServingException(FailureKind.INVALID_INPUT, "the Content-Type must be plain ASCII");
        }
        return type;
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
