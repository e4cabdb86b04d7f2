package dev.foretell.router.predict.call;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.WorkerResponse;
import io.vertx.core.AsyncResult;
import java.util.Locale;

/** The trace of one attempt. Confined to the call's event loop. */
public final class AttemptTrace {
    private final WorkerId worker;
    private final long startNanos;
    private String outcome = "under way";
    private long nanos;

    AttemptTrace(WorkerId worker, long startNanos) {
        this.worker = worker;
        this.startNanos = startNanos;
    }

    void onEnd(AsyncResult<WorkerResponse> result, long nowNanos) {
        nanos = nowNanos - startNanos;
        if (result.succeeded()) {
            outcome = "answered " + result.result().status();
        } else {
            outcome = result.cause() instanceof AttemptFailure failure
                    ? failure.reason().name().toLowerCase(Locale.ROOT)
                    : "failed";
        }
    }

    public WorkerId worker() {
        return worker;
    }

    /** {@code answered 200}, {@code unreachable} and the like. */
    public String outcome() {
        return outcome;
    }

    /** 0 while it is in flight. */
    public long nanos() {
        return nanos;
    }
}
