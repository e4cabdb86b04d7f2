package dev.foretell.router.predict.spans;

import dev.foretell.router.upstream.call.CallOrigin;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.tracing.Span;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The span of one request to a worker. Confined to the call's event loop. */
public final class AttemptSpan {
    static final AttemptSpan OFF = new AttemptSpan(null, () -> {});

    private final @Nullable Span span;
    private final Runnable onEnd;

    AttemptSpan(@Nullable Span span, Runnable onEnd) {
        this.span = span;
        this.onEnd = onEnd;
    }

    public boolean isOn() {
        return span != null;
    }

    /** The origin to tell the worker, so that its span becomes a part of this one. */
    public CallOrigin origin(CallOrigin ofCall) {
        return span == null ? ofCall : ofCall.under(span.traceParent());
    }

    /** Points to the span of the same request in another call's trace. */
    public void link(AttemptSpan other) {
        if (span != null && other.span != null) {
            span.link(other.span);
        }
    }

    /** Ends it with the worker's response, or with the head of a streamed one. */
    public void follow(Future<WorkerResponse> sent) {
        if (span != null) {
            Span started = span;
            sent.onComplete(result -> end(started, result));
        }
    }

    private void end(Span started, AsyncResult<WorkerResponse> result) {
        if (result.succeeded()) {
            started.set("http.response.status_code", result.result().status());
        } else {
            started.fail(Outcome.of(result.cause()));
        }
        started.end();
        onEnd.run();
    }
}
