package dev.foretell.router.metrics;

import dev.foretell.router.upstream.pool.Endpoint;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All metrics in the formats of Prometheus. It stores nothing: it reads the rooms' counters at each scrape, so a series
 * disappears with its counter. The text is produced in pieces and is never whole in memory. Thread-safe. A piece takes
 * a few milliseconds, so do not call it on an event loop.
 */
public final class Metrics implements AutoCloseable {
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProcessMetrics process;
    private final ModelMetrics models;
    private final WorkerMetrics workers;
    private final StateMetrics state;
    private final TaskMetrics tasks;
    private final TracingMetrics tracing;

    /** @param data the folder whose disk is measured */
    public Metrics(
            ModelMetrics models,
            WorkerMetrics workers,
            StateMetrics state,
            TaskMetrics tasks,
            TracingMetrics tracing,
            Path data) {
        this.tracing = tracing;
        this.models = models;
        this.workers = workers;
        this.state = state;
        this.tasks = tasks;
        process = new ProcessMetrics(registry, data);
    }

    /** The format that matches an Accept header. */
    public static String form(@Nullable String accept) {
        return accept != null && accept.contains("application/openmetrics-text") ? OPEN : PLAIN;
    }

    /**
     * The text in pieces, family by family, produced lazily.
     *
     * @param form a result of {@link #form}
     */
    public Iterator<byte[]> pieces(String form) {
        Map<String, List<Endpoint>> endpoints = workers.workers();
        return new Scrape(form, family -> sources(family, endpoints), () -> process(form));
    }

    private List<Consumer<Page>> sources(Family family, Map<String, List<Endpoint>> endpoints) {
        List<Consumer<Page>> all = new ArrayList<>(models.sources(family));
        all.addAll(workers.sources(family, endpoints));
        all.addAll(state.sources(family));
        all.addAll(tasks.sources(family));
        all.addAll(tracing.sources(family));
        return all;
    }

    /** The metrics of the process; in OpenMetrics, they include the end marker. */
    private byte[] process(String form) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
            registry.scrape(out, form);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
        registry.close();
    }
}
