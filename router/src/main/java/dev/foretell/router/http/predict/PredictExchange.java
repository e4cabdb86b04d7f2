package dev.foretell.router.http.predict;

import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.http.edge.Access;
import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.http.edge.ConnectionDrain;
import dev.foretell.router.http.edge.Guard;
import dev.foretell.router.http.edge.ProblemHandler;
import dev.foretell.router.http.message.ResponseWriter;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.CallPreferences;
import dev.foretell.router.predict.call.RouteTrace;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * The HTTP side of a predict call: starts its context with the request, and sends its outcome as a response, as a
 * problem, or with a trace if the caller asked for one. Each event loop has one; dialects share the static methods.
 */
public final class PredictExchange {
    private static final String HOSTS = "/v1/" + Hosting.TYPE + "_model/";

    private final PredictService service;
    private final AccessLog log;
    private final ProblemHandler problems;
    private final ConnectionDrain drain;
    private final Guard guard;
    private final LongSupplier revision;

    public PredictExchange(
            PredictService service,
            AccessLog log,
            ProblemHandler problems,
            ConnectionDrain drain,
            Guard guard,
            LongSupplier revision) {
        this.service = service;
        this.log = log;
        this.problems = problems;
        this.drain = drain;
        this.guard = guard;
        this.revision = revision;
    }

    /** Starts a call and answers its request with the outcome. The server turns what this throws into a problem. */
    void serve(HttpServerRequest request, BiFunction<HttpServerRequest, CallContext, Future<Response>> predict) {
        CallContext context = begin(request, service, log);
        requireMayCallHosts(request);
        RouteTrace trace = trace(request);
        context.setTrace(trace);
        answerWith(predict.apply(request, context), request, trace);
    }

    /** Starts the call's deadline, and has the call cancelled when its caller leaves. */
    public static CallContext begin(HttpServerRequest request, PredictService service, AccessLog log) {
        CallContext context =
                new CallContext(service.deadline(request.getHeader(Headers.TIMEOUT_MS)), request.headers());
        log.follow(request, context.deadline(), List.of(context));
        return context;
    }

    /** Model hosts also inspect files: only callers who may change state call them directly. Fails like {@link #trace}. */
    private void requireMayCallHosts(HttpServerRequest request) {
        if (request.path().startsWith(HOSTS)) {
            guard.require(Access.CHANGE, request, "call model hosts by themselves");
        }
    }

    /**
     * The trace of the call if its caller asks for one. It names workers, so only callers who may change state get one.
     *
     * @throws dev.foretell.commons.failure.ServingException {@link dev.foretell.commons.failure.FailureKind#FORBIDDEN} or
     *     {@link dev.foretell.commons.failure.FailureKind#UNAUTHENTICATED}
     */
    private RouteTrace trace(HttpServerRequest request) {
        if (!"1".equals(request.getHeader(Headers.DEBUG_ROUTE))) {
            return RouteTrace.OFF;
        }
        guard.require(Access.CHANGE, request, "see how calls are routed");
        return new RouteTrace(System::nanoTime);
    }

    /** The caller's preferences in the headers. */
    public static CallPreferences preferences(HttpServerRequest request, PredictService service) {
        return preferences(request, service, Priority.of(request.getHeader(Headers.PRIORITY)));
    }

    /** The same with a priority from elsewhere. */
    public static CallPreferences preferences(HttpServerRequest request, PredictService service, Priority priority) {
        return CallPreferences.of(
                request.getHeader(Headers.STICKY_KEY), priority, service.cacheEnabled() && refusesCached(request));
    }

    /** Whether the caller refuses cached responses: RFC 9111, 5.2.1.4. */
    private static boolean refusesCached(HttpServerRequest request) {
        String cacheControl = request.getHeader(HttpHeaders.CACHE_CONTROL);
        return cacheControl != null && cacheControl.toLowerCase(Locale.ROOT).contains("no-cache");
    }

    private void answerWith(Future<Response> outcome, HttpServerRequest request, RouteTrace trace) {
        outcome.onComplete(done -> {
            try {
                answer(done, request, trace);
            } catch (Throwable e) {
                problems.answer(request, e);
            }
        });
    }

    private void answer(AsyncResult<Response> outcome, HttpServerRequest request, RouteTrace trace) {
        if (outcome.succeeded()) {
            answer(request, outcome.result(), trace);
        } else {
            drain.sayClose(request);
            problems.answer(request, outcome.cause(), trace.isOn() ? view(trace) : null);
        }
    }

    private RouteView view(RouteTrace trace) {
        return RouteView.of(trace, revision.getAsLong());
    }

    private void answer(HttpServerRequest request, Response response, RouteTrace trace) {
        ResponseWriter.write(request, prepare(request, response, trace), service.deadlines());
    }

    /** A stream may take some time, so its connection only closes after its end; and it has no place for a trace. */
    private Response prepare(HttpServerRequest request, Response response, RouteTrace trace) {
        if (response.rest() != null) {
            drain.announce(request);
            return response;
        }
        drain.sayClose(request);
        return trace.isOn() ? ExplainedResponse.of(response, view(trace)) : response;
    }
}
