package dev.foretell.router.metrics;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.admission.ModelLoad;
import dev.foretell.router.counts.CountKey;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.ensemble.call.LiveEnsembles;
import dev.foretell.router.models.traffic.VersionTraffic;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.measure.CallTally;
import dev.foretell.router.upstream.measure.Histogram;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import dev.foretell.router.upstream.pool.PoolTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The metrics of models: one series per registered model, and one for all unknown ids. */
public record ModelMetrics(
        EndpointPools pools,
        Admission admission,
        RequestCounts counts,
        Outcomes outcomes,
        VersionTraffic traffic,
        LiveEnsembles ensembles) {
    private static final String UNKNOWN = "_unknown";
    private static final String FALLBACK = "fallback_";

    /** The sources of a family, one per model. */
    List<Consumer<Page>> sources(Family family) {
        return switch (family) {
            case REQUESTS, REQUEST_DURATION -> {
                List<Consumer<Page>> all = ofPools();
                ensembles
                        .all()
                        .forEach(ensemble -> all.add(page -> calls(page, ensemble.tally(), model(ensemble.key()), "")));
                all.add(page -> calls(page, outcomes.unknown(), UNKNOWN, ""));
                yield all;
            }
            case INFLIGHT, RETRIES, RETRY_BUDGET_EXHAUSTED, COPIES, HEDGES, BATCH_SIZE, PANIC -> ofPools();
            case CONCURRENCY_LIMIT, QUEUE_DURATION, QUEUE_DEPTH ->
                admission.loads().stream().map(ModelMetrics::ofLoad).toList();
            case FALLBACK, CACHE_HITS ->
                List.of(page -> counts.withoutWorkers().forEach((key, count) -> withoutWorker(page, key, count)));
            case SHADOW_DISAGREEMENT ->
                List.of(page -> traffic.disagreement().forEach((model, share) -> page.value(share, model.toString())));
            case ENSEMBLE_MEMBERS_MISSING ->
                List.of(page ->
                        ensembles.all().forEach(ensemble -> page.value(ensemble.missing(), model(ensemble.key()))));
            case OVERHEAD -> List.of(page -> page.durations(outcomes.overhead()));
            case ROUTER_INFLIGHT -> List.of(page -> page.value(admission.inFlight()));
            case ROUTER_SHED -> List.of(page -> page.value(admission.shed()));
            default -> List.of();
        };
    }

    private List<Consumer<Page>> ofPools() {
        List<Consumer<Page>> all = new ArrayList<>();
        pools.all().forEach(pool -> all.add(page -> pool(page, pool)));
        return all;
    }

    private static void pool(Page page, EndpointPool pool) {
        String model = model(pool.model());
        String version = version(pool.model());
        PoolTally tally = pool.tally();
        switch (page.family()) {
            case INFLIGHT -> page.value(pool.inFlight(), model, version);
            case PANIC -> page.flag(pool.isPanicking(), model, version);
            case RETRIES -> retries(page, tally, model, version);
            case RETRY_BUDGET_EXHAUSTED -> page.value(tally.budgetExhausted(), model, version);
            case COPIES -> page.value(tally.silenceHedges(), model, version);
            case HEDGES -> {
                page.value(tally.hedgesWon(), model, version, "true");
                page.value(tally.hedgesLost(), model, version, "false");
            }
            case BATCH_SIZE -> batchSizes(page, tally.batchSizes(), model, version);
            default -> calls(page, tally.calls(), model, version);
        }
    }

    private static void calls(Page page, CallTally calls, String model, String version) {
        if (page.family() == Family.REQUEST_DURATION) {
            page.durations(calls.durations(), calls.traced(), model, version);
            return;
        }
        for (CallTally.Outcome outcome : CallTally.Outcome.values()) {
            page.value(calls.count(outcome), model, version, word(outcome));
        }
    }

    /** Most models have no batches, and a histogram is 14 lines of each scrape. */
    private static void batchSizes(Page page, Histogram.Counted sizes, String model, String version) {
        if (sizes.count() > 0) {
            page.sizes(sizes, model, version);
        }
    }

    private static void retries(Page page, PoolTally tally, String model, String version) {
        for (AttemptFailure.Reason why : AttemptFailure.Reason.values()) {
            if (tally.retries(why) > 0) {
                page.value(tally.retries(why), model, version, word(why));
            }
        }
    }

    private static Consumer<Page> ofLoad(ModelLoad load) {
        return page -> load(page, load);
    }

    private static void load(Page page, ModelLoad load) {
        String model = model(load.model());
        String version = version(load.model());
        switch (page.family()) {
            case CONCURRENCY_LIMIT -> page.value(load.limit(), model, version);
            case QUEUE_DURATION ->
                page.total(load.tally().waited(), load.tally().waitedNanos(), model, version);
            default -> load.waiting().forEach((priority, calls) -> page.value(calls, model, version, word(priority)));
        }
    }

    /** By the ids that callers sent; all unknown ids count as one. */
    private void withoutWorker(Page page, CountKey key, long count) {
        if (key.worker().startsWith(FALLBACK) != (page.family() == Family.FALLBACK)) {
            return;
        }
        boolean known = pools.ofType(key.type()).containsKey(key.model());
        Map.Entry<String, String> labels =
                known ? labels(new ModelKey(key.type(), key.model())) : Map.entry(UNKNOWN, "");
        if (page.family() == Family.FALLBACK) {
            String reason = key.worker().substring(FALLBACK.length());
            page.value(count, labels.getKey(), labels.getValue(), reason);
        } else {
            page.value(count, labels.getKey(), labels.getValue());
        }
    }

    private static Map.Entry<String, String> labels(ModelKey model) {
        return Map.entry(model(model), version(model));
    }

    static String model(ModelKey key) {
        return key.base().toString();
    }

    /** Empty if the key is not a version of a registered model. */
    static String version(ModelKey key) {
        return key.name().substring(key.base().name().length()).replace(":", "");
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
