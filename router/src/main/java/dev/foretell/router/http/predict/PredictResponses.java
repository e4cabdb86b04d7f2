package dev.foretell.router.http.predict;

import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.http.edge.Access;
import dev.foretell.router.http.edge.ConnectionDrain;
import dev.foretell.router.http.edge.Guard;
import dev.foretell.router.http.edge.ProblemHandler;
import dev.foretell.router.http.message.ResponseWriter;
import dev.foretell.router.http.message.StreamedResponse;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.call.RouteTrace;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.LongSupplier;

/**
 * How a predict call's outcome goes to its caller: whole, in pieces, as a problem, or with the way it took where the caller
 * asked for that. Each event loop has one.
 */
public final class PredictResponses {
    private static final String HOSTS = "/v1/" + Hosting.TYPE + "_model/";

    private final ProblemHandler problems;
    private final ConnectionDrain farewell;
    private final Deadlines deadlines;
    private final Guard guard;
    private final LongSupplier revision;

    public PredictResponses(
            ProblemHandler problems,
            ConnectionDrain farewell,
            Deadlines deadlines,
            Guard guard,
            LongSupplier revision) {
        this.problems = problems;
        this.farewell = farewell;
        this.deadlines = deadlines;
        this.guard = guard;
        this.revision = revision;
    }

    /**
     * Lets a call begin, and says where its way is to be written down, if its caller asked for it. That names
     * workers, and what hosts do besides predictions, looking at files, is the router's to ask for: neither is for everybody.
     *
     * @throws dev.foretell.commons.failure.ServingException {@link dev.foretell.commons.failure.FailureKind#FORBIDDEN} or
     *     {@link dev.foretell.commons.failure.FailureKind#UNAUTHENTICATED}
     */
    RouteTrace begin(HttpServerRequest request) {
        if (request.path().startsWith(HOSTS)) {
            guard.require(Access.CHANGE, request, "call model hosts by themselves");
        }
        if (!"1".equals(request.getHeader(Headers.DEBUG_ROUTE))) {
            return RouteTrace.OFF;
        }
        guard.require(Access.CHANGE, request, "see how calls are routed");
        return new RouteTrace(System::nanoTime);
    }

    /** Replies when the outcome is there. */
    void when(HttpServerRequest request, Future<? extends Response> outcome, RouteTrace trace) {
        outcome.onComplete(done -> {
            if (done.succeeded()) {
                answer(request, done.result(), trace);
            } else {
                farewell.say(request);
                problems.answer(request, done.cause(), trace.isOn() ? view(trace) : null);
            }
        });
    }

    private RouteView view(RouteTrace trace) {
        return RouteView.of(trace, revision.getAsLong());
    }

    private void answer(HttpServerRequest request, Response response, RouteTrace trace) {
        ResponseStream rest = response.rest();
        if (rest != null) {
            farewell.announce(request);
            StreamedResponse.write(request, response, rest, deadlines);
        } else {
            farewell.say(request);
            ResponseWriter.write(request, trace.isOn() ? ExplainedResponse.of(response, view(trace)) : response);
        }
    }
}
