package dev.foretell.router.metrics;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.admission.ModelLoad;
import dev.foretell.router.counts.CountKey;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.models.VersionTraffic;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.CallTally;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.PoolTally;
import java.util.Locale;
import java.util.Map;

/** What there is to say of models: of those that are registered, and of all other ids together. */
record ModelMetrics(
        EndpointPools pools, Admission admission, RequestCounts counts, Outcomes outcomes, VersionTraffic traffic) {
    private static final String UNKNOWN = "_unknown";
    private static final String FALLBACK = "fallback_";

    void writeTo(Page page) {
        pools.all().forEach(pool -> pool(page, pool));
        calls(page, outcomes.unknown(), UNKNOWN, "");
        admission.loads().forEach(load -> load(page, load));
        counts.withoutWorkers().forEach((key, count) -> withoutWorker(page, key, count));
        traffic.disagreement()
                .forEach((model, share) -> page.value(Family.SHADOW_DISAGREEMENT, share, model.toString()));
        page.durations(Family.OVERHEAD, outcomes.overhead());
        page.value(Family.ROUTER_INFLIGHT, admission.inFlight());
        page.value(Family.ROUTER_SHED, admission.shed());
    }

    private static void pool(Page page, EndpointPool pool) {
        String model = model(pool.model());
        String version = version(pool.model());
        calls(page, pool.tally().calls(), model, version);
        tally(page, pool.tally(), model, version);
        page.value(Family.INFLIGHT, pool.inFlight(), model, version);
        page.flag(Family.PANIC, pool.isPanicking(), model, version);
    }

    private static void calls(Page page, CallTally calls, String model, String version) {
        for (CallTally.Outcome outcome : CallTally.Outcome.values()) {
            page.value(Family.REQUESTS, calls.count(outcome), model, version, word(outcome));
        }
        page.durations(Family.REQUEST_DURATION, calls.durations(), model, version);
    }

    private static void tally(Page page, PoolTally tally, String model, String version) {
        for (AttemptFailure.Reason why : AttemptFailure.Reason.values()) {
            if (tally.retries(why) > 0) {
                page.value(Family.RETRIES, tally.retries(why), model, version, word(why));
            }
        }
        page.value(Family.RETRY_BUDGET_EXHAUSTED, tally.budgetExhausted(), model, version);
        page.value(Family.HEDGES, tally.hedgesWon(), model, version, "true");
        page.value(Family.HEDGES, tally.hedgesLost(), model, version, "false");
        page.sizes(Family.BATCH_SIZE, tally.batchSizes(), model, version);
    }

    private static void load(Page page, ModelLoad load) {
        String model = model(load.model());
        String version = version(load.model());
        page.value(Family.CONCURRENCY_LIMIT, load.limit(), model, version);
        page.total(Family.QUEUE_DURATION, load.waited(), load.waitedNanos(), model, version);
        load.waiting()
                .forEach((priority, calls) -> page.value(Family.QUEUE_DEPTH, calls, model, version, word(priority)));
    }

    /** By the ids that callers sent: those that no model has are one. */
    private void withoutWorker(Page page, CountKey key, long count) {
        boolean known = pools.ofType(key.type()).containsKey(key.model());
        Map.Entry<String, String> labels =
                known ? labels(new ModelKey(key.type(), key.model())) : Map.entry(UNKNOWN, "");
        if (key.worker().startsWith(FALLBACK)) {
            String reason = key.worker().substring(FALLBACK.length());
            page.value(Family.FALLBACK, count, labels.getKey(), labels.getValue(), reason);
        } else {
            page.value(Family.CACHE_HITS, count, labels.getKey(), labels.getValue());
        }
    }

    private static Map.Entry<String, String> labels(ModelKey model) {
        return Map.entry(model(model), version(model));
    }

    static String model(ModelKey key) {
        return key.base().toString();
    }

    /** Empty for what is no version of a registered model. */
    static String version(ModelKey key) {
        return key.name().substring(key.base().name().length()).replace(":", "");
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
