package dev.foretell.router.routing;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases of workers that registered themselves: one that is not renewed in time costs the worker its calls, and after a
 * while its place in the table, unless something else proves that the very process lives. Ages are this router's own: of what
 * it saw, by its monotonic clock. When nobody could renew, or it could not see (it has just started, the store was away, time
 * jumped), a full lease passes before any is called lost. Thread-safe.
 */
public final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Where renewals are told to all routers; all fail with {@link FailureKind#STATE_STORE_UNAVAILABLE}. */
    public interface Store {
        /**
         * Gives each lease the next number.
         *
         * @param epoch the worker's process; empty where it is not said: then the last one stays
         */
        Future<Void> renew(Set<LeaseKey> leases, String epoch);

        /** What was renewed after the renewal of this number, in order, a few thousand at once; fails while nobody can renew. */
        Future<Renewals> after(long number);

        /** Forgets each lease, unless its number is another by now. */
        Future<Void> forget(Map<LeaseKey, Long> leases);
    }

    /** @param number grows with each renewal of any lease */
    public record Renewal(LeaseKey lease, long number, String epoch) {}

    /**
     * Some renewals.
     *
     * @param last the number given last, of all there are; a lower one than before tells that the store has lost its data
     * @param isAll whether no more follow
     */
    public record Renewals(List<Renewal> list, long last, boolean isAll) {}

    /** What else there is to tell that a worker lives. */
    @FunctionalInterface
    public interface Life {
        /** Whether the process of this epoch, at the worker's address, is known to live now; no epoch proves nothing. */
        boolean isProven(WorkerEntry worker, String epoch);
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
    private final Life life;
    private final BiConsumer<LeaseKey, Boolean> lostListener;
    private final LeaseBook book;
    private final ActiveLeases held;
    private final ClockWatch clocks;
    private final Set<LeaseKey> lost = ConcurrentHashMap.newKeySet();

    /** Run out, but its worker is proven to live; used by one sweep at a time, as is the number below. */
    private final Set<LeaseKey> spared = new HashSet<>();

    private long readUpTo;

    /** @param lostListener told of each lease that is lost (true) or found again (false) */
    public Leases(
            Store store,
            RoutingTables tables,
            Config config,
            Life life,
            LongSupplier nanoClock,
            Clock wall,
            BiConsumer<LeaseKey, Boolean> lostListener) {
        this.store = store;
        this.tables = tables;
        this.config = config;
        this.life = life;
        this.lostListener = lostListener;
        this.book = new LeaseBook(nanoClock);
        this.held = new ActiveLeases(tables);
        this.clocks = new ClockWatch(nanoClock, wall);
    }

    /** Goes by other settings from now on. */
    public void adopt(Config next) {
        config = next;
    }

    /** Starts a new time of grace: for as long as its lease lasts, no worker is called lost. */
    public void restartGrace() {
        book.startGrace();
    }

    /** To be called about once a second, whatever else goes on: a time of grace starts where time did not go on as it should. */
    public void watchClocks() {
        clocks.look().ifPresent(what -> {
            LOG.info("Leases get a time of grace: {}", what);
            restartGrace();
        });
    }

    /**
     * Renews the leases of a map that a worker registered itself with.
     *
     * @param epoch the worker's process, as its index has it; empty where it did not say
     */
    public Future<Void> renew(RoutingMap map, String epoch) {
        Set<LeaseKey> leases = ActiveLeases.of(map.models()).keySet();
        if (leases.isEmpty()) {
            return Future.succeededFuture();
        }
        book.renew(leases, epoch);
        leases.forEach(this::restore);
        return store.renew(leases, epoch);
    }

    /** What is left of a lease of this length, as far as this router saw: nothing of one that ran out. */
    public Duration left(LeaseKey lease, Duration length) {
        Duration left = length.minus(book.ageSoFar(lease));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Looks for leases that have run out; to be called about once a second. */
    public Future<Void> sweep() {
        return read().compose(all -> settle());
    }

    /** Takes note of what was renewed anywhere since the last time. */
    private Future<Void> read() {
        return store.after(readUpTo).compose(renewals -> {
            if (renewals.last() < readUpTo) {
                LOG.warn("The state store has lost the leases; they get a time of grace");
                readUpTo = 0;
                restartGrace();
                return read();
            }
            renewals.list().forEach(book::read);
            readUpTo = renewals.list().stream().mapToLong(Renewal::number).max().orElse(readUpTo);
            return renewals.isAll() ? Future.succeededFuture() : read();
        });
    }

    private Future<Void> settle() {
        watchClocks();
        Map<LeaseKey, WorkerEntry> leased = held.now();
        Map<LeaseKey, Long> over = book.strangers(leased.keySet(), config.removeAfter());
        Set<LeaseKey> sparedNow = new HashSet<>();
        leased.forEach((key, entry) -> {
            Duration overdue = book.age(key).minusMillis(leaseMillis(entry));
            if (overdue.isNegative() || overdue.isZero()) {
                restore(key);
            } else if (life.isProven(entry, book.epoch(key))) {
                restore(key);
                sparedNow.add(key);
            } else if (overdue.compareTo(config.removeAfter()) > 0) {
                over.put(key, book.number(key));
            } else if (lost.add(key)) {
                lostListener.accept(key, true);
            }
        });
        tellSpared(sparedNow);
        lost.retainAll(leased.keySet());
        return over.isEmpty() ? Future.succeededFuture() : remove(over, leased.keySet());
    }

    private static long leaseMillis(WorkerEntry entry) {
        return entry.leaseMs() == null ? 0 : entry.leaseMs();
    }

    private void tellSpared(Set<LeaseKey> now) {
        Set<LeaseKey> more = new HashSet<>(now);
        more.removeAll(spared);
        if (!more.isEmpty()) {
            LOG.info(
                    "{} leases ran out, {} among them; their workers stay, as they pass their probes",
                    more.size(),
                    more.iterator().next());
        }
        spared.clear();
        spared.addAll(now);
    }

    /** Takes workers out whose leases are over; those that hold none any more (registered for good, or gone) are only forgotten. */
    private Future<Void> remove(Map<LeaseKey, Long> over, Set<LeaseKey> leased) {
        return Future.join(over.keySet().stream()
                        .filter(leased::contains)
                        .map(key -> tables.update(table -> table.remove(
                                key.model().type(),
                                key.model().name(),
                                key.worker().toString())))
                        .toList())
                .compose(removed -> store.forget(over))
                .onSuccess(v -> {
                    lost.removeAll(over.keySet());
                    book.forget(over.keySet());
                    LOG.info("Let go of {} leases that ran out long ago", over.size());
                });
    }

    private void restore(LeaseKey key) {
        if (lost.remove(key)) {
            lostListener.accept(key, false);
        }
    }
}
