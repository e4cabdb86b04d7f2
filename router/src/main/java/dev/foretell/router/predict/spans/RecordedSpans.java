package dev.foretell.router.predict.spans;

import dev.foretell.commons.wire.TraceParent;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.Slot;
import dev.foretell.router.upstream.pool.WorkerHost;
import dev.foretell.tracing.Span;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The spans of a recorded call. Confined to the call's event loop. */
final class RecordedSpans extends CallSpans {
    private static final String MODEL = "foretell.model";

    private final Span call;
    private @Nullable Span queue;
    private int attempts;
    private int inFlight;

    RecordedSpans(Span call) {
        this.call = call;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public TraceParent traceParent() {
        return call.traceParent();
    }

    @Override
    public void onQueue() {
        queue = call.child("queue", Span.Kind.INTERNAL);
    }

    @Override
    public void onQueueEnd(boolean admitted) {
        Span waited = queue;
        if (waited != null) {
            queue = null;
            waited.set("foretell.admitted", admitted).end();
        }
    }

    @Override
    public AttemptSpan attempt(EndpointPool pool, Slot slot, @Nullable String after) {
        Span attempt = request("attempt", pool, slot);
        if (after != null) {
            attempt.set("foretell.retried_failure", after);
        }
        if (inFlight > 0) {
            attempt.set("foretell.hedge", true);
        }
        inFlight++;
        return new AttemptSpan(attempt, () -> inFlight--);
    }

    @Override
    public AttemptSpan batch(EndpointPool pool, Slot slot, int calls) {
        return new AttemptSpan(request("batch", pool, slot).set("foretell.batch_size", calls), () -> {});
    }

    private Span request(String name, EndpointPool pool, Slot slot) {
        WorkerHost.Address address = slot.endpoint().host().address();
        attempts++;
        return call.child(name, Span.Kind.CLIENT)
                .set(MODEL, pool.model().toString())
                .set("foretell.worker", slot.endpoint().worker().toString())
                .set("foretell.attempt", attempts)
                .set("server.address", address.host())
                .set("server.port", address.port());
    }

    @Override
    public CallSpans part() {
        return new RecordedSpans(call.child("member", Span.Kind.INTERNAL));
    }

    @Override
    public void follow(Future<?> outcome, CallDescription described) {
        outcome.onComplete(result -> end(result, described));
    }

    private void end(AsyncResult<?> result, CallDescription described) {
        String model = described.modelName();
        if (model != null) {
            call.set(MODEL, model);
        }
        call.set("foretell.attempts", described.attempts());
        if (result.failed()) {
            call.fail(Outcome.of(result.cause())).end();
            return;
        }
        ResponseStream rest = result.result() instanceof Response response ? response.rest() : null;
        if (rest == null) {
            call.end();
        } else {
            rest.onEnd(this::endStream);
        }
    }

    private void endStream(ResponseStream.End end) {
        if (end != ResponseStream.End.WHOLE) {
            call.fail(end.name().toLowerCase(Locale.ROOT));
        }
        call.end();
    }
}
