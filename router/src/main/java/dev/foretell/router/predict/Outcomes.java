package dev.foretell.router.predict;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.TraceParent;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.measure.CallTally;
import dev.foretell.router.upstream.measure.CallTally.Outcome;
import dev.foretell.router.upstream.measure.Histogram;
import dev.foretell.router.upstream.measure.TracedCalls;
import dev.foretell.router.upstream.pool.EndpointPool;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records the outcomes of predict calls for their callers in their models' pools, and the router's own share of their
 * time. Shared by all event loops; thread-safe.
 */
public final class Outcomes {
    private final LongSupplier nanoClock;
    private final LongSupplier wallClock;
    private final CallTally unknown = new CallTally();
    private final Histogram overhead = Histogram.ofShortDurations();

    /** @param wallClock milliseconds since 1970 */
    public Outcomes(LongSupplier nanoClock, LongSupplier wallClock) {
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
    }

    /** Calls without a model: it is unknown, or the call could not be read. */
    public CallTally unknown() {
        return unknown;
    }

    /** The time of answered calls outside of workers, for calls that were sent singly. */
    public Histogram.Counted overhead() {
        return overhead.read();
    }

    /** A stream ends later, but its duration is that of its head. */
    void recordResponse(EndpointPool pool, PredictCall call, @Nullable ResponseStream rest) {
        if (call.context().isShadow()) {
            return;
        }
        long took = elapsedNanos(call.deadline());
        long worker = call.context().workerNanos();
        if (worker > 0) {
            overhead.add(took - worker);
        }
        CallTally tally = pool.tally().calls();
        if (rest == null) {
            tally.recordResponse(took);
            addTraced(tally, call.context(), took);
        } else {
            call.context().follow(rest);
            rest.onEnd(end -> {
                tally.record(of(end), took);
                addTraced(tally, call.context(), took);
            });
        }
    }

    void recordEnsemble(CallTally tally, PredictCall call) {
        long took = elapsedNanos(call.deadline());
        tally.recordResponse(took);
        addTraced(tally, call.context(), took);
    }

    private void addTraced(CallTally tally, CallContext context, long tookNanos) {
        TraceParent trace = context.spans().traceParent();
        if (trace != null) {
            tally.addTraced(new TracedCalls.TracedCall(tookNanos, trace, wallClock.getAsLong()));
        }
    }

    void recordFailure(CallContext context, Throwable why) {
        context.origin().sign();
        record(context.tally(), of(context.cancellation(), why), context);
    }

    /** @param tally of the model whose answer is stood in for */
    void fellBack(@Nullable CallTally tally, CallContext context) {
        record(tally, Outcome.FALLBACK, context);
    }

    private void record(@Nullable CallTally tally, Outcome how, CallContext context) {
        long took = elapsedNanos(context.deadline());
        CallTally counted = tally == null ? unknown : tally;
        counted.record(how, took);
        addTraced(counted, context, took);
    }

    private long elapsedNanos(Deadline deadline) {
        return nanoClock.getAsLong() - deadline.fromNanos();
    }

    private static Outcome of(ResponseStream.End end) {
        return switch (end) {
            case WHOLE -> Outcome.OK;
            case REFUSED -> Outcome.CLIENT_ERROR;
            case BROKEN_OFF, FUNCTION_FAILED -> Outcome.WORKER_ERROR;
            case CANCELLED -> Outcome.CANCELLED;
        };
    }

    private static Outcome of(Cancellation cancellation, Throwable why) {
        if (cancellation.reason() == AttemptFailure.Reason.CANCELLED) {
            return Outcome.CANCELLED;
        }
        return why instanceof ServingException known ? of(known) : Outcome.WORKER_ERROR;
    }

    private static Outcome of(ServingException why) {
        return switch (why.kind()) {
            case MALFORMED,
                    BAD_REQUEST,
                    REQUEST_TIMEOUT,
                    INVALID_INPUT,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    MODEL_NOT_FOUND,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    CONFLICT,
                    PAYLOAD_TOO_LARGE,
                    LENGTH_REQUIRED,
                    URI_TOO_LONG,
                    HEADERS_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE -> Outcome.CLIENT_ERROR;
            case SHED, QUEUE_FULL, TOO_MANY_STREAMS, STARTING, DRAINING -> Outcome.SHED;
            case DEADLINE_EXCEEDED -> Outcome.TIMEOUT;
            case NO_WORKER,
                    WORKERS_BUSY,
                    QUORUM_MISSED,
                    QUORUM_OUT_OF_REACH,
                    WORKER_FAILED,
                    FUNCTION_FAILED,
                    STATE_STORE_UNAVAILABLE,
                    INSUFFICIENT_STORAGE,
                    INTERNAL -> Outcome.WORKER_ERROR;
        };
    }
}
