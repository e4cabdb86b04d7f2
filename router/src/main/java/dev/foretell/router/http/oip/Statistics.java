package dev.foretell.router.http.oip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.ensemble.call.LiveEnsemble;
import dev.foretell.router.ensemble.call.LiveEnsembles;
import dev.foretell.router.http.oip.Statistics.View.Time;
import dev.foretell.router.http.oip.model.EnsembleModel;
import dev.foretell.router.http.oip.model.OipModel;
import dev.foretell.router.upstream.measure.Histogram;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of models' calls at this router since its start, or since their workers joined. Only measured values
 * are included. {@code compute_infer} is the router's wait for workers; the calls that an ensemble makes count as its members'.
 */
public record Statistics(EndpointPools pools, LiveEnsembles ensembles, Admission admission, RequestCounts counts) {
    /**
     * One of a response's {@code model_stats}.
     *
     * @param version left out where the model has none
     * @param calls left out where the model has no pool
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String name,
            @Nullable String version,
            @JsonUnwrapped @Nullable Calls calls) {
        /**
         * @param inferenceCount calls that workers answered, or an ensemble merged
         * @param executionCount responses of workers; of an ensemble, of itself
         */
        @JsonNaming(SnakeCaseStrategy.class)
        record Calls(long inferenceCount, long executionCount, Times inferenceStats) {}

        /**
         * How often, and how long together.
         *
         * @param queue left out where the model has no limit
         * @param computeInfer what the router waited for workers; left out for an ensemble
         */
        @JsonNaming(SnakeCaseStrategy.class)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        record Times(
                Time success,
                Time fail,
                @Nullable Time queue,
                @Nullable Time computeInfer) {}

        /** @param ns nanoseconds, of all of them together */
        record Time(long count, long ns) {}
    }

    View of(OipModel model) {
        return new View(
                model.name(),
                model.versionName().orElse(null),
                model instanceof EnsembleModel
                        ? ofEnsemble(model.key())
                        : pools.find(model.key()).map(this::calls).orElse(null));
    }

    /** An ensemble runs once for each call. */
    private View.@Nullable Calls ofEnsemble(ModelKey key) {
        LiveEnsemble ensemble = ensembles.find(key.type(), key.name());
        if (ensemble == null) {
            return null;
        }
        Histogram.Counted successes = ensemble.tally().successes();
        Histogram.Counted failures = ensemble.tally().failures();
        return new View.Calls(
                successes.count(),
                successes.count(),
                new View.Times(
                        new Time(successes.count(), successes.sum()),
                        new Time(failures.count(), failures.sum()),
                        null,
                        null));
    }

    private View.Calls calls(EndpointPool pool) {
        Histogram.Counted successes = pool.tally().calls().successes();
        Histogram.Counted failures = pool.tally().calls().failures();
        long executions = sum(pool, endpoint -> endpoint.tally().responses());
        long refused = sum(pool, endpoint -> endpoint.tally().refusals());
        long nanos = sum(pool, endpoint -> endpoint.tally().nanos());
        return new View.Calls(
                successes.count() - cacheHits(pool.model()),
                executions,
                new View.Times(
                        new Time(successes.count(), successes.sum()),
                        new Time(failures.count(), failures.sum()),
                        queue(pool.model()),
                        new Time(executions + refused, nanos)));
    }

    private static long sum(EndpointPool pool, ToLongFunction<Endpoint> count) {
        return pool.endpoints().stream().mapToLong(count).sum();
    }

    private @Nullable Time queue(ModelKey model) {
        return admission.loads().stream()
                .filter(load -> load.model().equals(model))
                .map(load -> new Time(load.tally().waited(), load.tally().waitedNanos()))
                .findFirst()
                .orElse(null);
    }

    /** Cached responses, which needed no worker. */
    private long cacheHits(ModelKey model) {
        return counts.withoutWorkers().entrySet().stream()
                .filter(count -> count.getKey().type().equals(model.type()))
                .filter(count -> count.getKey().model().equals(model.name()))
                .filter(count -> count.getKey().worker().equals("cache"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
