package dev.foretell.router.models.traffic;

import dev.foretell.commons.time.Deadline;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.CallPreferences;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shadow call of a finished call: it has the lowest priority, starts after the response, and only the tally
 * uses its result.
 */
final class ShadowCall {
    private static final Duration MAX = Duration.ofSeconds(10);

    private ShadowCall() {}

    /** Sends the shadow call after this turn of the event loop, which writes the response. */
    static void send(
            ShadowTally tally,
            String shadowId,
            PredictCall call,
            Response given,
            Function<PredictCall, Future<Response>> predictor) {
        Context loop = Vertx.currentContext();
        if (loop == null || given.rest() != null || !isThere(call.options()) || !tally.begin()) {
            return;
        }
        String requestId = call.context().origin().callerRequestId();
        ComparableResponse kept = ComparableResponse.copyOf(given, call.options());
        CallContext context = CallContext.own(Deadline.after(MAX, System.nanoTime()));
        context.markShadow();
        PredictCall shadow = new PredictCall(
                call.type(),
                shadowId,
                call.data().copy(),
                new CallPreferences(call.preferences().stickyKey(), Priority.LOW, true),
                context,
                call.options());
        loop.runOnContext(sent -> Future.succeededFuture(shadow)
                .compose(predictor)
                .timeout(MAX.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> context.cancellation().abort(AttemptFailure.Reason.DEADLINE))
                .onComplete(done -> {
                    tally.end();
                    if (done.succeeded()) {
                        onResponse(tally, requestId, kept, done.result(), shadow.options());
                    } else {
                        tally.recordFailure();
                    }
                }));
    }

    /** Whether the whole call is there to be sent again. */
    private static boolean isThere(RequestOptions options) {
        return options.upload() == null && !options.events();
    }

    /** Does not read a stream. */
    private static void onResponse(
            ShadowTally tally,
            @Nullable String requestId,
            ComparableResponse given,
            Response response,
            RequestOptions options) {
        ResponseStream rest = response.rest();
        if (rest == null) {
            tally.recordComparison(ResponseDiff.of(given, ComparableResponse.of(response, options)), requestId);
        } else {
            rest.giveUp(ResponseStream.End.CANCELLED);
            tally.recordFailure();
        }
    }
}
