package dev.foretell.tracing;

import dev.foretell.commons.wire.TraceParent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one process. Off unless an endpoint is set: then it loads no class of OpenTelemetry and starts no
 * thread. Thread-safe.
 */
public final class Tracing implements AutoCloseable {
    private final @Nullable Pipeline pipeline;
    private volatile double sample;

    private Tracing(@Nullable Pipeline pipeline, double sample) {
        this.pipeline = pipeline;
        this.sample = sample;
    }

    /** OpenTelemetry's part of it. */
    private record Pipeline(SdkTracerProvider provider, Tracer tracer, SpanQueue queue) {
        static Pipeline to(TracingConfig config, String service) {
            SpanQueue queue = SpanQueue.to(config.url(), config.queue());
            SdkTracerProvider provider = SdkTracerProvider.builder()
                    .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
                    .setSampler(Sampler.alwaysOn())
                    .addSpanProcessor(queue)
                    .build();
            return new Pipeline(provider, provider.get("dev.foretell"), queue);
        }
    }

    /** @param service the name of the process in traces, such as {@code foretell-router} */
    public static Tracing open(TracingConfig config, String service) {
        return new Tracing(config.isOn() ? Pipeline.to(config, service) : null, config.sample());
    }

    /** Without spans. */
    public static Tracing off() {
        return new Tracing(null, 0);
    }

    public boolean isOn() {
        return pipeline != null;
    }

    /** Uses this share from now on. */
    public void adopt(double nextSample) {
        sample = nextSample;
    }

    /**
     * Starts the span of a request from outside.
     *
     * @param from the caller's place in its trace; null if it has none
     * @return null if the request is not recorded
     */
    public @Nullable Span begin(String name, @Nullable TraceParent from) {
        if (pipeline == null || !(from == null ? isChosen() : from.sampled())) {
            return null;
        }
        return new Span(
                pipeline.tracer(),
                pipeline.tracer()
                        .spanBuilder(name)
                        .setParent(from == null ? Context.root() : context(from))
                        .setSpanKind(Span.Kind.SERVER.kind()));
    }

    private boolean isChosen() {
        return ThreadLocalRandom.current().nextDouble() < sample;
    }

    private static Context context(TraceParent from) {
        return Context.root()
                .with(io.opentelemetry.api.trace.Span.wrap(SpanContext.createFromRemoteParent(
                        from.traceId(), from.spanId(), TraceFlags.getSampled(), TraceState.getDefault())));
    }

    /** What has become of the spans; null while it is off. */
    public @Nullable SpanCounts counts() {
        return pipeline == null ? null : pipeline.queue();
    }

    /** Sends the spans that wait, for at most a second, and stops. Blocks. */
    @Override
    public void close() {
        if (pipeline != null) {
            pipeline.queue().close();
            pipeline.provider().close();
        }
    }
}
