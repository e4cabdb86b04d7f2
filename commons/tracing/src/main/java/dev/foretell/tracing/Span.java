package dev.foretell.tracing;

import dev.foretell.commons.wire.TraceParent;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** A recorded part of a call. Its attributes never hold payloads or keys. Thread-safe. */
public final class Span {
    private final Tracer tracer;
    private final io.opentelemetry.api.trace.Span span;

    /** What a span stands for, as seen from this process. */
    public enum Kind {
        /** A request that this process received. */
        SERVER(SpanKind.SERVER),
        /** A request that this process sent. */
        CLIENT(SpanKind.CLIENT),
        INTERNAL(SpanKind.INTERNAL);

        private final SpanKind kind;

        Kind(SpanKind kind) {
            this.kind = kind;
        }

        SpanKind kind() {
            return kind;
        }
    }

    Span(Tracer tracer, SpanBuilder builder) {
        this.tracer = tracer;
        this.span = builder.startSpan();
    }

    /** Starts a part of this span. */
    public Span child(String name, Kind kind) {
        return new Span(
                tracer,
                tracer.spanBuilder(name).setParent(Context.root().with(span)).setSpanKind(kind.kind()));
    }

    public Span set(String attribute, String value) {
        span.setAttribute(attribute, value);
        return this;
    }

    public Span set(String attribute, long value) {
        span.setAttribute(attribute, value);
        return this;
    }

    public Span set(String attribute, boolean value) {
        span.setAttribute(attribute, value);
        return this;
    }

    /** Points to a span of another trace, or elsewhere in this one. */
    public Span link(Span other) {
        span.addLink(other.span.getSpanContext());
        return this;
    }

    /** @param type one of a closed list of words, never a message */
    public Span fail(String type) {
        span.setStatus(StatusCode.ERROR);
        return set("error.type", type);
    }

    /** Ends it; a second end has no effect. */
    public void end() {
        span.end();
    }

    /** For the requests that come from this span. */
    public TraceParent traceParent() {
        SpanContext context = span.getSpanContext();
        return new TraceParent(context.getTraceId(), context.getSpanId(), context.isSampled());
    }
}
