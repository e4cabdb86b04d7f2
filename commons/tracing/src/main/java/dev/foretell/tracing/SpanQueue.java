package dev.foretell.tracing;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ended spans on their way to the collector. Whoever ends a span never waits: a full queue drops it. One thread sends
 * one batch after another, each once and for a bounded time, so that a collector that is slow or away costs nothing but
 * its spans. Thread-safe.
 */
final class SpanQueue implements SpanProcessor, SpanCounts {
    private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);
    /** OpenTelemetry's own words about each failed export; this class logs the first one. */
    private static final java.util.logging.Logger EXPORTER_LOG =
            java.util.logging.Logger.getLogger("io.opentelemetry.exporter");

    /** OpenTelemetry looks for what sends its requests; this is all that it finds. */
    private static final ComponentLoader SENDERS = new ComponentLoader() {
        @Override
        public <T> Iterable<T> load(Class<T> type) {
            HttpSenderProvider ours =
                    config -> new CollectorSender(config.getEndpoint(), config.getContentType(), config.getTimeout());
            return type.isInstance(ours) ? List.of(type.cast(ours)) : List.of();
        }
    };

    private static final int BATCH = 512;
    private static final Duration SEND = Duration.ofSeconds(5);
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LAST_MILLIS = 1_000;

    private final SpanExporter exporter;
    private final String url;
    private final BlockingQueue<SpanData> waiting;
    /** So many spans wake the sender: to wake it for each one would cost more than the span. */
    private final int due;

    private final LongAdder exported = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Thread sender = new Thread(this::run, "tracing");
    private volatile boolean closed;
    /** Confined to the sender. */
    private boolean failing;

    private SpanQueue(SpanExporter exporter, String url, int bound) {
        this.exporter = exporter;
        this.url = url;
        this.waiting = new ArrayBlockingQueue<>(bound);
        this.due = Math.min(BATCH, (bound + 1) / 2);
    }

    static SpanQueue to(String url, int bound) {
        EXPORTER_LOG.setLevel(Level.OFF);
        SpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(url)
                .setTimeout(SEND)
                .setConnectTimeout(SEND)
                .setRetryPolicy(null)
                .setComponentLoader(SENDERS)
                .build();
        SpanQueue queue = new SpanQueue(exporter, url, bound);
        queue.sender.setDaemon(true);
        queue.sender.start();
        return queue;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (closed || !waiting.offer(span.toSpanData())) {
            dropped.increment();
        } else if (isDue()) {
            LockSupport.unpark(sender);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    private void run() {
        while (!sender.isInterrupted() && (!closed || !waiting.isEmpty())) {
            awaitBatch();
            List<SpanData> batch = new ArrayList<>(Math.min(BATCH, waiting.size()));
            waiting.drainTo(batch, BATCH);
            if (!batch.isEmpty()) {
                send(batch);
            }
        }
        dropped.add(waiting.size());
    }

    /** Waits a moment for more spans, so that each one does not cost a request. */
    private void awaitBatch() {
        long until = System.nanoTime() + GATHER_NANOS;
        for (long left = GATHER_NANOS; left > 0 && !isDue(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private boolean isDue() {
        return closed || waiting.size() >= due;
    }

    private void send(List<SpanData> batch) {
        boolean isTaken = export(batch);
        (isTaken ? exported : failed).add(batch.size());
        report(!isTaken);
    }

    /** Returns in time: the request is over when this is. */
    private boolean export(List<SpanData> batch) {
        try {
            return exporter.export(batch).isSuccess();
        } catch (RuntimeException e) {
            LOG.debug("A batch of spans cannot be sent", e);
            return false;
        }
    }

    private void report(boolean fails) {
        if (fails != failing) {
            failing = fails;
            if (fails) {
                LOG.warn("The collector at {} does not take spans; they are dropped until it does", url);
            } else {
                LOG.info("The collector at {} takes spans again", url);
            }
        }
    }

    @Override
    public long exported() {
        return exported.sum();
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public long failed() {
        return failed.sum();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sender);
        try {
            sender.join(LAST_MILLIS);
            sender.interrupt();
        } catch (InterruptedException e) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
        exporter.shutdown();
    }
}
