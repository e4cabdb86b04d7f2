package dev.foretell.router.metrics;

import dev.foretell.router.admission.Admission;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.models.VersionTraffic;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.upstream.EndpointPools;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured, as Prometheus wants it. Nothing is kept here: the rooms' own counters are read when somebody
 * asks, and what is gone from them is gone from the answer. Thread-safe; reading takes milliseconds where there are thousands
 * of models, so not on an event loop.
 */
public final class Metrics implements AutoCloseable {
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProcessMetrics process;

    /** @param data the folder whose disk is looked at */
    public Metrics(
            EndpointPools pools,
            HealthMonitor monitor,
            Admission admission,
            RequestCounts counts,
            Outcomes outcomes,
            VersionTraffic traffic,
            StateMetrics state,
            Path data) {
        ModelMetrics models = new ModelMetrics(pools, admission, counts, outcomes, traffic);
        WorkerMetrics workers = new WorkerMetrics(pools, monitor);
        MultiCollector ours = () -> read(models, workers, state);
        registry.getPrometheusRegistry().register(ours);
        process = new ProcessMetrics(registry, data);
    }

    private static MetricSnapshots read(ModelMetrics models, WorkerMetrics workers, StateMetrics state) {
        Page page = new Page();
        models.writeTo(page);
        workers.writeTo(page);
        state.writeTo(page);
        return page.snapshots();
    }

    /** The form that suits who asks, by its Accept header. */
    public static String form(@Nullable String accept) {
        return accept != null && accept.contains("application/openmetrics-text") ? OPEN : PLAIN;
    }

    /** @param form one that {@link #form} said */
    public byte[] read(String form) {
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
