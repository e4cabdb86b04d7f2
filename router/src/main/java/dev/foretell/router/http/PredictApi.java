package dev.foretell.router.http;

import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.predict.Predictor;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.WorkerAnswer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** {@code POST /v1/{type}_model/predict}: decode, predict, encode. Each event loop has one. */
final class PredictApi {
    private static final String PREFIX = "/v1/";
    private static final String SUFFIX = "_model/predict";
    private static final int AFTER_TYPE = "/predict".length();

    private final Predictor predictor;
    private final Deadlines deadlines;
    private final ProblemHandler problems;
    private final int maxBodyBytes;

    PredictApi(Predictor predictor, Deadlines deadlines, ProblemHandler problems, int maxBodyBytes) {
        this.predictor = predictor;
        this.deadlines = deadlines;
        this.problems = problems;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Whether a request is a predict call: told by its URL alone, ahead of all other routes. */
    static boolean takes(HttpServerRequest request) {
        String path = request.path();
        return request.method() == HttpMethod.POST
                && path != null
                && path.length() > PREFIX.length() + SUFFIX.length()
                && path.startsWith(PREFIX)
                && path.endsWith(SUFFIX)
                && path.indexOf('/', PREFIX.length()) == path.length() - AFTER_TYPE;
    }

    void predict(HttpServerRequest request) {
        CallAbort abort = new CallAbort();
        request.response().closeHandler(v -> abort.abort(AttemptFailure.Reason.CANCELLED));
        answered(request, abort)
                .onSuccess(answer -> StreamedAnswer.writeAny(request, answer, deadlines))
                .onFailure(failure -> problems.answer(request, failure));
    }

    private Future<WorkerAnswer> answered(HttpServerRequest request, CallAbort abort) {
        try {
            Deadline deadline = deadlines.of(request.getHeader(Headers.TIMEOUT_MS));
            Future<WorkerAnswer> answer = BodyReader.read(request, maxBodyBytes)
                    .map(PredictBody::scan)
                    .compose(body -> predictor.predict(call(request, body, deadline, abort)));
            return deadlines.within(deadline, abort, answer);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static PredictCall call(HttpServerRequest request, PredictBody body, Deadline deadline, CallAbort abort) {
        String path = request.path();
        String type = path.substring(PREFIX.length(), path.length() - SUFFIX.length());
        return new PredictCall(
                type,
                body.modelId(),
                body.data(),
                request.getHeader(Headers.STICKY_KEY),
                Priority.of(request.getHeader(Headers.PRIORITY)),
                deadline,
                abort,
                StreamedAnswer.wish(request));
    }
}
