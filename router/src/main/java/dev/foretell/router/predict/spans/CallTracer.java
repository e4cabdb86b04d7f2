package dev.foretell.router.predict.spans;

import dev.foretell.commons.wire.TraceParent;
import dev.foretell.router.upstream.call.CallOrigin;
import dev.foretell.tracing.Span;
import dev.foretell.tracing.Tracing;

/** Decides which calls are recorded: those whose caller's span is, and a share of the others. Thread-safe. */
public record CallTracer(Tracing tracing) {
    /** The spans of a call that starts now; a call that is not recorded has no objects of its own. */
    public CallSpans begin(CallOrigin origin) {
        return tracing.isOn() ? decide(origin) : CallSpans.OFF;
    }

    private CallSpans decide(CallOrigin origin) {
        TraceParent from = origin.callerTrace();
        Span span = tracing.begin("predict", from);
        if (span != null) {
            return new RecordedSpans(span.set("foretell.request_id", origin.name()));
        }
        if (from == null) {
            origin.startUnrecorded();
        }
        return CallSpans.OFF;
    }
}
