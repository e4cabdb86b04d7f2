package dev.foretell.router.http.predict;

import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.edge.ProblemHandler;
import dev.foretell.router.http.message.BodyReader;
import dev.foretell.router.http.message.ContentEncodingCheck;
import dev.foretell.router.http.message.StreamedResponse;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.call.RouteTrace;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.Response;
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

    private final PredictService answers;
    private final ProblemHandler problems;
    private final PredictResponses replies;
    private final AccessLog log;
    private final HttpConfig config;

    public PredictApi(
            PredictService answers,
            ProblemHandler problems,
            PredictResponses replies,
            AccessLog log,
            HttpConfig config) {
        this.answers = answers;
        this.problems = problems;
        this.replies = replies;
        this.log = log;
        this.config = config;
    }

    /** Whether a request is a predict call: told by its URL alone, ahead of all other routes. */
    public static boolean takes(HttpServerRequest request) {
        String path = request.path();
        return request.method() == HttpMethod.POST
                && path != null
                && path.length() > PREFIX.length() + SUFFIX.length()
                && path.startsWith(PREFIX)
                && path.endsWith(SUFFIX)
                && path.indexOf('/', PREFIX.length()) == path.length() - AFTER_TYPE;
    }

    public void predict(HttpServerRequest request) {
        try {
            RouteTrace trace = replies.begin(request);
            replies.when(request, predict(request, trace), trace);
        } catch (RuntimeException e) {
            problems.answer(request, e);
        }
    }

    private Future<Response> predict(HttpServerRequest request, RouteTrace trace) {
        ContentEncodingCheck.require(request);
        Deadline deadline = answers.deadline(request.getHeader(Headers.TIMEOUT_MS));
        Cancellation cancellation = new Cancellation(request.headers());
        log.follow(request, deadline, List.of(cancellation));
        PredictScan scan = new PredictScan();
        Future<PredictCall> arriving = BodyReader.read(
                        request,
                        config.maxBodyBytes(),
                        config.bodyTimeout(),
                        deadline,
                        answers.deadlines(),
                        scan::advance)
                .map(body -> call(request, scan.finish(body), deadline, cancellation, trace));
        return answers.answer(deadline, cancellation, arriving);
    }

    private PredictCall call(
            HttpServerRequest request,
            PredictBody body,
            Deadline deadline,
            Cancellation cancellation,
            RouteTrace trace) {
        String path = request.path();
        String type = path.substring(PREFIX.length(), path.length() - SUFFIX.length());
        return new PredictCall(
                type,
                body.modelId(),
                body.data(),
                request.getHeader(Headers.STICKY_KEY),
                Priority.of(request.getHeader(Headers.PRIORITY)),
                deadline,
                cancellation,
                answers.cacheEnabled() && wantsFresh(request),
                trace,
                StreamedResponse.wish(request));
    }

    /** Whether the caller takes no answer that was kept: RFC 9111, 5.2.1.4. */
    public static boolean wantsFresh(HttpServerRequest request) {
        String cacheControl = request.getHeader(HttpHeaders.CACHE_CONTROL);
        return cacheControl != null && cacheControl.toLowerCase(Locale.ROOT).contains("no-cache");
    }
}
