package dev.foretell.router.http.oip;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.upstream.measure.Histogram;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How models' calls went at this router since it started, or since their workers came: what it measures, and no more. {@code * compute_infer} is what the router waited for workers.
 */
public record Statistics(EndpointPools pools, Admission admission, RequestCounts counts) {
    Map<String, Object> of(OipModel model) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", model.name());
        if (model instanceof FileModel file) {
            view.put("version", Integer.toString(file.version().number()));
        }
        pools.find(model.key()).ifPresent(pool -> put(view, pool));
        return view;
    }

    private void put(Map<String, Object> view, EndpointPool pool) {
        Histogram.Counted successes = pool.tally().calls().successes();
        Histogram.Counted failures = pool.tally().calls().failures();
        List<Endpoint> endpoints = pool.endpoints();
        long executions = endpoints.stream()
                .mapToLong(endpoint -> endpoint.tally().responses())
                .sum();
        long refused = endpoints.stream()
                .mapToLong(endpoint -> endpoint.tally().refusals())
                .sum();
        long nanos = endpoints.stream()
                .mapToLong(endpoint -> endpoint.tally().nanos())
                .sum();
        view.put("inference_count", successes.count() - cacheHits(pool.model()));
        view.put("execution_count", executions);
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("success", duration(successes.count(), successes.sum()));
        parts.put("fail", duration(failures.count(), failures.sum()));
        admission.loads().stream()
                .filter(load -> load.model().equals(pool.model()))
                .forEach(load -> parts.put("queue", duration(load.waited(), load.waitedNanos())));
        parts.put("compute_infer", duration(executions + refused, nanos));
        view.put("inference_stats", parts);
    }

    /** Answers that were given before, without a worker. */
    private long cacheHits(ModelKey model) {
        return counts.withoutWorkers().entrySet().stream()
                .filter(count -> count.getKey().type().equals(model.type()))
                .filter(count -> count.getKey().model().equals(model.name()))
                .filter(count -> count.getKey().worker().equals("cache"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, Object> duration(long count, long nanos) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("count", count);
        view.put("ns", nanos);
        return view;
    }
}
