package dev.foretell.router.http;

import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.predict.RouteTrace;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.CallAbort;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;

/** {@code POST /v1/{type}_model/predict}: decode, predict, encode. Each event loop has one. */
public final class PredictApi {
    private static final String PREFIX = "/v1/";
    private static final String SUFFIX = "_model/predict";
    private static final int AFTER_TYPE = "/predict".length();

    private final Answers answers;
    private final ProblemHandler problems;
    private final PredictReplies replies;
    private final AccessLog log;
    private final HttpConfig config;

    PredictApi(Answers answers, ProblemHandler problems, PredictReplies replies, AccessLog log, HttpConfig config) {
        this.answers = answers;
        this.problems = problems;
        this.replies = replies;
        this.log = log;
        this.config = config;
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
        try {
            RouteTrace trace = replies.begin(request);
            replies.when(request, answered(request, trace), trace);
        } catch (RuntimeException e) {
            problems.answer(request, e);
        }
    }

    private Future<Answer> answered(HttpServerRequest request, RouteTrace trace) {
        PlainBody.require(request);
        Deadline deadline = answers.deadline(request.getHeader(Headers.TIMEOUT_MS));
        CallAbort abort = new CallAbort(request.headers());
        log.follow(request, deadline, List.of(abort));
        PredictScan scan = new PredictScan();
        Future<PredictCall> arriving = BodyReader.read(
                        request,
                        config.maxBodyBytes(),
                        config.bodyTimeout(),
                        deadline,
                        answers.deadlines(),
                        scan::advance)
                .map(body -> call(request, scan.finish(body), deadline, abort, trace));
        return answers.answer(deadline, abort, arriving);
    }

    private PredictCall call(
            HttpServerRequest request, PredictBody body, Deadline deadline, CallAbort abort, RouteTrace trace) {
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
                answers.areKept() && wantsFresh(request),
                trace,
                StreamedAnswer.wish(request));
    }

    /** Whether the caller takes no answer that was kept: RFC 9111, 5.2.1.4. */
    public static boolean wantsFresh(HttpServerRequest request) {
        String cacheControl = request.getHeader(HttpHeaders.CACHE_CONTROL);
        return cacheControl != null && cacheControl.toLowerCase(Locale.ROOT).contains("no-cache");
    }
}
