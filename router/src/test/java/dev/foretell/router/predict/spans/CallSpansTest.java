package dev.foretell.router.predict.spans;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.tracing.Collector;
import dev.foretell.tracing.Tracing;
import dev.foretell.tracing.TracingConfig;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallSpansTest {
    private static final int CALLS = 100_000;
    private static final Future<?> DONE = Future.succeededFuture();

    private static CallContext context(MultiMap headers) {
        return new CallContext(Deadline.after(Duration.ofSeconds(1), 0), headers);
    }

    /** What the way of a call asks of its spans. */
    private static void walk(CallContext context, CallTracer tracer) {
        context.startSpans(tracer);
        CallSpans spans = context.spans();
        spans.onQueue();
        spans.onQueueEnd(true);
        AttemptSpan.OFF.origin(context.origin());
        spans.part();
        spans.follow(DONE, context);
    }

    @Test
    void withoutACollectorACallAllocatesNothingForTraces() {
        CallContext context = context(MultiMap.caseInsensitiveMultiMap()
                .set("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        CallTracer tracer = new CallTracer(Tracing.off());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < CALLS; i++) {
            walk(context, tracer);
        }

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            walk(context, tracer);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(bytes).isLessThan(CALLS / 10);
        assertThat(context.spans()).isSameAs(CallSpans.OFF);
        assertThat(AttemptSpan.OFF.origin(context.origin())).isSameAs(context.origin());
    }

    @Test
    void aRecordedCallIsNotOff() {
        try (Collector collector = Collector.start();
                Tracing tracing = Tracing.open(new TracingConfig(collector.url(), 1, 10), "test")) {
            CallContext context = context(MultiMap.caseInsensitiveMultiMap());

            walk(context, new CallTracer(tracing));

            assertThat(context.spans().isOn()).isTrue();
        }
    }
}
