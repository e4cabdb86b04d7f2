package dev.foretell.router.routing;

import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases of workers that registered themselves: one that is not renewed in time costs the worker its calls, and after a
 * while its place in the table. After a start, or when the store was away, nobody could renew: then a full lease passes
 * before any is called lost. Thread-safe.
 */
public final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Where leases are kept for all routers; time is the store's own, so that routers' clocks need not agree. */
    public interface Store {
        /** Starts or renews leases, each for as long as given from now. */
        Future<Void> renew(Map<LeaseKey, Duration> leases);

        /** The leases that have run out, each with how long ago; at most 1000 at once. */
        Future<Map<LeaseKey, Duration>> expired();

        Future<Void> forget(Set<LeaseKey> leases);
    }

    /**
     * What becomes of a lost lease.
     *
     * @param removeAfter how long a worker without a lease stays in the table
     */
    public record Config(Duration removeAfter) {
        public Config {
            if (removeAfter.toSeconds() < 1) {
                throw new IllegalArgumentException("remove-after must be at least 1s");
            }
        }

        public static Config defaults() {
            return new Config(Duration.ofMinutes(10));
        }
    }

    private final Store store;
    private final RoutingTables tables;
    private volatile Config config;
    private final LongSupplier nanoClock;
    private final BiConsumer<LeaseKey, Boolean> lostListener;
    private final Set<LeaseKey> lost = ConcurrentHashMap.newKeySet();
    private volatile long knownSinceNanos;

    /** @param lostListener told of each lease that is lost (true) or found again (false) */
    public Leases(
            Store store,
            RoutingTables tables,
            Config config,
            LongSupplier nanoClock,
            BiConsumer<LeaseKey, Boolean> lostListener) {
        this.store = store;
        this.tables = tables;
        this.config = config;
        this.nanoClock = nanoClock;
        this.lostListener = lostListener;
        restartGrace();
    }

    /** Goes by other settings from now on. */
    public void adopt(Config next) {
        config = next;
    }

    /** Starts a new time of grace: for as long as its lease lasts, no worker is called lost. */
    public void restartGrace() {
        knownSinceNanos = nanoClock.getAsLong();
    }

    /** Renews the leases of a map that a worker registered itself with. */
    public Future<Void> renew(RoutingMap map) {
        Map<LeaseKey, Duration> leases = new HashMap<>();
        map.models()
                .forEach((model, value) -> value.workers().forEach(worker -> {
                    if (worker.leaseMs() != null) {
                        leases.put(new LeaseKey(model, worker.id()), Duration.ofMillis(worker.leaseMs()));
                    }
                }));
        if (leases.isEmpty()) {
            return Future.succeededFuture();
        }
        return store.renew(leases).onSuccess(v -> leases.keySet().forEach(this::found));
    }

    /** Looks for leases that have run out; to be called about once a second. */
    public Future<Void> sweep() {
        return store.expired().compose(this::settle);
    }

    private Future<Void> settle(Map<LeaseKey, Duration> expired) {
        Set<LeaseKey> over = new HashSet<>();
        Map<LeaseKey, WorkerEntry> held = held(expired.keySet());
        expired.forEach((key, since) -> {
            WorkerEntry entry = held.get(key);
            if (entry == null || (isPastGrace(entry) && since.compareTo(config.removeAfter()) > 0)) {
                over.add(key);
            } else if (isPastGrace(entry) && lost.add(key)) {
                lostListener.accept(key, true);
            }
        });
        Set.copyOf(lost).stream().filter(key -> !expired.containsKey(key)).forEach(this::found);
        return over.isEmpty() ? Future.succeededFuture() : remove(over, held.keySet());
    }

    /** Takes workers out whose leases are over; those that hold none any more (registered for good, or gone) are only forgotten. */
    private Future<Void> remove(Set<LeaseKey> over, Set<LeaseKey> held) {
        return Future.join(over.stream()
                        .filter(held::contains)
                        .map(key -> tables.update(table -> table.remove(
                                key.model().type(),
                                key.model().name(),
                                key.worker().toString())))
                        .toList())
                .compose(removed -> store.forget(over))
                .onSuccess(v -> {
                    lost.removeAll(over);
                    LOG.info("Let go of {} leases that ran out long ago", over.size());
                });
    }

    private Map<LeaseKey, WorkerEntry> held(Set<LeaseKey> keys) {
        Map<LeaseKey, WorkerEntry> held = new HashMap<>();
        for (LeaseKey key : keys) {
            RoutingMap.Model model = tables.current().models().get(key.model());
            if (model != null) {
                model.workers().stream()
                        .filter(worker ->
                                worker.leaseMs() != null && worker.id().equals(key.worker()))
                        .forEach(worker -> held.put(key, worker));
            }
        }
        return held;
    }

    private boolean isPastGrace(WorkerEntry entry) {
        long lease = entry.leaseMs() == null ? 0 : entry.leaseMs();
        return nanoClock.getAsLong() - knownSinceNanos
                > Duration.ofMillis(lease).toNanos();
    }

    private void found(LeaseKey key) {
        if (lost.remove(key)) {
            lostListener.accept(key, false);
        }
    }
}
