package dev.foretell.router.counts;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.identity.WorkerId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of responses per model and worker, over all routers. Counting takes no lock. The counts are stored in one
 * step every second, so a killed router loses at most the last second. Thread-safe.
 */
public final class RequestCounts {
    /**
     * Callers can invent unknown ids. Beyond this number per type, and for ids that no model can have, they count under
     * {@link #OTHER}.
     */
    static final int MAX_UNKNOWN_IDS = 100;

    static final String OTHER = "_other";

    /**
     * The worker name for the summed-up counts of workers that left the table long ago, so that a model's sum stays.
     */
    static final String GONE = "_gone";

    /** The prefix of worker names for responses that no current worker gave; no worker can have such a name. */
    private static final String NO_WORKER = "_";

    private static final String CACHE_HIT = NO_WORKER + "cache";
    /** In the place of a worker, of responses merged from those of several models. */
    static final String ENSEMBLE = NO_WORKER + "ensemble";

    private static final String FALLBACK = NO_WORKER + "fallback_";
    private static final Logger LOG = LoggerFactory.getLogger(RequestCounts.class);

    /** Stores the counts for all routers and across restarts. */
    public interface Store {
        /** All counts of all routers. */
        Future<Map<CountKey, Long>> load();

        /**
         * Adds to the counts, all or nothing, and returns the new totals of these keys. Repeating a sequence number
         * (after a timeout with an unknown outcome) adds nothing.
         *
         * @param sequence increases with each new set of additions of this router process
         */
        Future<Map<CountKey, Long>> add(long sequence, Map<CountKey, Long> additions);

        /** Adds the count of each key to another key's count and deletes the key. Idempotent. */
        Future<Void> fold(Map<CountKey, CountKey> into);
    }

    private final Store store;
    private final Map<CountKey, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> unknownIds = new ConcurrentHashMap<>();
    private final Object flushing = new Object();
    private long sequence;
    private Map<CountKey, Long> unconfirmed = Map.of();
    private Future<Void> lastExchange = Future.succeededFuture();

    /** When each absent worker with counts was first missing; used by one caller at a time. */
    private final Map<String, Long> absentSince = new HashMap<>();

    public RequestCounts(Store store) {
        this.store = store;
    }

    /** Counts one response, under the model id that the caller sent. */
    public void countResponse(ModelKey model, String modelId, WorkerId worker) {
        count(model, modelId, worker.toString());
    }

    /** Counts one response from the cache. */
    public void cacheHit(ModelKey model, String modelId) {
        count(model, modelId, CACHE_HIT);
    }

    /** Counts one response of an ensemble. */
    public void countEnsemble(ModelKey ensemble) {
        count(ensemble, ensemble.name(), ENSEMBLE);
    }

    /** Counts one fallback response. */
    public void fellBack(ModelKey model, String modelId, String reason) {
        count(model, modelId, FALLBACK + reason);
    }

    private void count(ModelKey model, String modelId, String what) {
        String counted = modelId.equals(model.name()) ? modelId : limitUnknown(model.type(), modelId);
        CountKey key = new CountKey(model.type(), counted, what);
        Counter counter = counters.get(key);
        (counter != null ? counter : counters.computeIfAbsent(key, k -> new Counter())).increment();
    }

    private String limitUnknown(String type, String modelId) {
        if (!Names.isValid(modelId)) {
            return OTHER;
        }
        Set<String> known = idsOf(type);
        if (known.contains(modelId)) {
            return modelId;
        }
        return known.size() < MAX_UNKNOWN_IDS && known.add(modelId) ? modelId : OTHER;
    }

    private Set<String> idsOf(String type) {
        return unknownIds.computeIfAbsent(type, t -> ConcurrentHashMap.newKeySet());
    }

    /** Model id to worker to number of responses, over all model types. */
    public Map<String, Map<String, Long>> totals() {
        return totals("", worker -> isWorker(worker) || worker.equals(GONE) || worker.equals(ENSEMBLE));
    }

    /** Model id to number of cached responses, over all model types. */
    public Map<String, Long> cacheHits() {
        Map<String, Long> hits = new TreeMap<>();
        totals("", CACHE_HIT::equals).forEach((model, total) -> hits.put(model, total.getOrDefault(CACHE_HIT, 0L)));
        return hits;
    }

    /** Model id to reason to number of fallback responses, over all model types. */
    public Map<String, Map<String, Long>> fallbacks() {
        return totals(FALLBACK, what -> what.startsWith(FALLBACK));
    }

    /**
     * The responses of this router since its start that came from no worker. The key has {@code cache}, or {@code
     * fallback_} and the reason, in place of the worker.
     */
    public Map<CountKey, Long> withoutWorkers() {
        Map<CountKey, Long> here = new HashMap<>();
        counters.forEach((key, counter) -> {
            if (key.worker().equals(CACHE_HIT) || key.worker().startsWith(FALLBACK)) {
                String what = key.worker().substring(NO_WORKER.length());
                here.put(new CountKey(key.type(), key.model(), what), counter.ownCount());
            }
        });
        return here;
    }

    private static boolean isWorker(String counted) {
        return !counted.startsWith(NO_WORKER);
    }

    private Map<String, Map<String, Long>> totals(String prefix, Predicate<String> which) {
        Map<String, Map<String, Long>> totals = new TreeMap<>();
        counters.forEach((key, counter) -> {
            if (which.test(key.worker())) {
                totals.computeIfAbsent(key.model(), model -> new TreeMap<>())
                        .merge(key.worker().substring(prefix.length()), counter.total(), Long::sum);
            }
        });
        return totals;
    }

    /** Loads the counts of other routers and from before the restart; must not run during a flush. */
    public Future<Void> load() {
        synchronized (flushing) {
            lastExchange = lastExchange.transform(done -> store.load()).map(totals -> {
                totals.forEach(this::setStored);
                counters.entrySet()
                        .removeIf(count -> !totals.containsKey(count.getKey())
                                && count.getValue().isOnlyStored());
                return null;
            });
            return lastExchange;
        }
    }

    /**
     * Sums up the counts of workers that have been absent for a while, so that short-lived workers leave no trail. Call
     * it about once a minute.
     *
     * @param present the ids of all workers in the table
     */
    public Future<Void> foldAbsent(Set<String> present, long nowNanos, Duration absence) {
        Map<CountKey, CountKey> into = new HashMap<>();
        Set<String> counted = new HashSet<>();
        counters.keySet().stream()
                .filter(key -> isWorker(key.worker()) && !present.contains(key.worker()))
                .forEach(key -> {
                    counted.add(key.worker());
                    if (nowNanos - absentSince.computeIfAbsent(key.worker(), w -> nowNanos) >= absence.toNanos()) {
                        into.put(key, new CountKey(key.type(), key.model(), GONE));
                    }
                });
        absentSince.keySet().retainAll(counted);
        return into.isEmpty() ? Future.succeededFuture() : fold(into);
    }

    private Future<Void> fold(Map<CountKey, CountKey> into) {
        synchronized (flushing) {
            lastExchange = lastExchange.transform(done -> store.fold(into));
        }
        return lastExchange.compose(v -> load());
    }

    /** It is not known whether a stored id was unknown. Each one takes a place, so that restarts add no more. */
    private void setStored(CountKey key, long total) {
        idsOf(key.type()).add(key.model());
        counters.computeIfAbsent(key, k -> new Counter()).setStored(total);
    }

    /**
     * Stores the counts since the last flush. Counts that cannot be stored are kept for the next flush. One flush at a
     * time.
     */
    public Future<Void> flush() {
        synchronized (flushing) {
            if (lastExchange.isComplete()) {
                lastExchange = flushOnce();
            }
            return lastExchange;
        }
    }

    /** A repeated flush may be old, so another one with the newer counts follows at once. */
    private Future<Void> flushOnce() {
        boolean again = !unconfirmed.isEmpty();
        if (unconfirmed.isEmpty()) {
            unconfirmed = unstoredCounts();
            sequence++;
        }
        if (unconfirmed.isEmpty()) {
            return Future.succeededFuture();
        }
        Map<CountKey, Long> batch = unconfirmed;
        return store.add(sequence, batch)
                .onFailure(e -> LOG.debug("The counts could not be stored; the router keeps them and tries again", e))
                .map(totals -> confirm(batch, totals))
                .compose(v -> again ? flushTheRest() : Future.succeededFuture());
    }

    private Future<Void> flushTheRest() {
        synchronized (flushing) {
            return flushOnce();
        }
    }

    private Map<CountKey, Long> unstoredCounts() {
        Map<CountKey, Long> pending = new HashMap<>();
        counters.forEach((key, counter) -> {
            long added = counter.unstoredCount();
            if (added > 0) {
                pending.put(key, added);
            }
        });
        return pending;
    }

    private Void confirm(Map<CountKey, Long> batch, Map<CountKey, Long> totals) {
        batch.forEach((key, added) -> {
            Counter counter = counters.get(key);
            if (counter != null) {
                counter.confirm(added, totals.getOrDefault(key, added));
            }
        });
        synchronized (flushing) {
            unconfirmed = Map.of();
        }
        return null;
    }
}
