package dev.foretell.router.http;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.predict.RouteTrace;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.CallAbort;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/{type}_model/predict}: decode, predict, encode. Each event loop has one. */
final class PredictApi {
    private static final String PREFIX = "/v1/";
    private static final String SUFFIX = "_model/predict";

    private final Answers answers;
    private final ProblemHandler problems;
    private final Farewell farewell;
    private final Writers writers;
    private final RouteView routes;
    private final int maxBodyBytes;

    PredictApi(Answers answers, ProblemHandler problems, Farewell farewell, RouterApi api, int maxBodyBytes) {
        this.answers = answers;
        this.problems = problems;
        this.farewell = farewell;
        this.writers = api.writers();
        this.routes = api.routeView();
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Whether a request is a predict call: told by its URL alone, ahead of all other routes. */
    static boolean takes(HttpServerRequest request) {
        String path = request.path();
        return request.method() == HttpMethod.POST
                && path != null
                && path.length() > PREFIX.length() + SUFFIX.length()
                && path.startsWith(PREFIX)
                && path.endsWith(SUFFIX);
    }

    void predict(HttpServerRequest request) {
        if ("1".equals(request.getHeader(Headers.DEBUG_ROUTE))) {
            explain(request);
            return;
        }
        answered(request, null).onComplete(done -> {
            farewell.say(request);
            if (done.succeeded()) {
                AnswerWriter.write(request, done.result());
            } else {
                problems.answer(request, done.cause());
            }
        });
    }

    /** The same, with the way of the call: it names workers, so it is not for everybody. */
    private void explain(HttpServerRequest request) {
        try {
            writers.require(request, "see how calls are routed");
        } catch (ServingException forbidden) {
            problems.answer(request, forbidden);
            return;
        }
        RouteTrace trace = new RouteTrace(System::nanoTime);
        answered(request, trace).onComplete(done -> {
            farewell.say(request);
            if (done.succeeded()) {
                AnswerWriter.write(request, ExplainedAnswer.of(done.result(), routes.of(trace)));
            } else {
                problems.answer(request, done.cause(), routes.of(trace));
            }
        });
    }

    private Future<Answer> answered(HttpServerRequest request, @Nullable RouteTrace trace) {
        CallAbort abort = new CallAbort();
        request.response().closeHandler(v -> abort.abort(AttemptFailure.Reason.CANCELLED));
        try {
            Deadline deadline = answers.deadline(request.getHeader(Headers.TIMEOUT_MS));
            Future<PredictCall> arriving = BodyReader.read(request, maxBodyBytes)
                    .map(body -> call(request, PredictBody.scan(body), deadline, abort, trace));
            return answers.answer(deadline, abort, arriving);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private PredictCall call(
            HttpServerRequest request,
            PredictBody body,
            Deadline deadline,
            CallAbort abort,
            @Nullable RouteTrace trace) {
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
                answers.areKept() && wantsFresh(request.getHeader(HttpHeaders.CACHE_CONTROL)),
                trace);
    }

    /** RFC 9111, 5.2.1.4. */
    private static boolean wantsFresh(@Nullable String cacheControl) {
        return cacheControl != null && cacheControl.toLowerCase(Locale.ROOT).contains("no-cache");
    }
}
