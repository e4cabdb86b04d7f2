package dev.foretell.router.routing;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.time.ClockWatch;
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
 * The leases of self-registered workers. A worker with an expired lease gets no calls, and leaves the table after a
 * while, unless something else proves that the same process is alive. Ages are those that this router observed on its
 * monotonic clock. If nobody could renew a lease, or this router could not see it (after a start, an outage of the
 * store or a jump in time), a full lease passes before any lease counts as lost. Thread-safe.
 */
public final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Shares renewals with all routers; all methods fail with {@link FailureKind#STATE_STORE_UNAVAILABLE}. */
    public interface Store {
        /**
         * Gives each lease the next number.
         *
         * @param epoch the worker's process; if it is empty, the last epoch stays
         */
        Future<Void> renew(Set<LeaseKey> leases, String epoch);

        /** The renewals after this number, in order, up to a few thousand; fails while nobody can renew. */
        Future<Renewals> after(long number);

        /** Deletes each lease that still has this number. */
        Future<Void> forget(Map<LeaseKey, Long> leases);
    }

    /** @param number increases with each renewal of any lease */
    public record Renewal(LeaseKey lease, long number, String epoch) {}

    /**
     * Some renewals.
     *
     * @param last the highest number in the store; a decrease shows that the store has lost its data
     * @param isAll whether there are no more
     */
    public record Renewals(List<Renewal> list, long last, boolean isAll) {}

    /** Another proof that a worker is alive. */
    @FunctionalInterface
    public interface Life {
        /**
         * Whether the process with this epoch is known to be alive at the worker's address; an empty epoch proves
         * nothing.
         */
        boolean isProven(WorkerEntry worker, String epoch);
    }

    /**
     * The handling of lost leases.
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
    private final Clock wall;
    private final Set<LeaseKey> lost = ConcurrentHashMap.newKeySet();

    /** Expired leases of workers that are proven alive; used by one sweep at a time, like the number below. */
    private final Set<LeaseKey> spared = new HashSet<>();

    private long readUpTo;

    /** The monotonic clock, in nanoseconds, and the wall clock. */
    public record Clocks(LongSupplier nanos, Clock wall) {
        public static Clocks system() {
            return new Clocks(System::nanoTime, Clock.systemUTC());
        }
    }

    /** @param lostListener called with each lease that is lost (true) or found again (false) */
    public Leases(
            Store store,
            RoutingTables tables,
            Config config,
            Life life,
            Clocks clocks,
            BiConsumer<LeaseKey, Boolean> lostListener) {
        this.store = store;
        this.tables = tables;
        this.config = config;
        this.life = life;
        this.lostListener = lostListener;
        this.book = new LeaseBook(clocks.nanos());
        this.held = new ActiveLeases(tables);
        this.clocks = new ClockWatch(clocks.nanos());
        this.wall = clocks.wall();
        watchClocks();
    }

    /** Uses new settings from now on. */
    public void adopt(Config next) {
        config = next;
    }

    /** Starts a new grace period: no worker counts as lost for the length of its lease. */
    public void restartGrace() {
        book.startGrace();
    }

    /** Call it about once a second in any case: starts a grace period after irregular time. */
    public void watchClocks() {
        clocks.look(wall.millis()).ifPresent(what -> {
            LOG.info("All leases get a grace period: {}", what);
            restartGrace();
        });
    }

    /**
     * Renews the leases of a map that a worker has registered itself with.
     *
     * @param epoch the worker's process, as in its index; empty if unknown
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

    /** The time left of a lease of this length, as far as this router knows; zero for an expired one. */
    public Duration remaining(LeaseKey lease, Duration length) {
        Duration left = length.minus(book.ageSoFar(lease));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Looks for expired leases. Call it about once a second. */
    public Future<Void> sweep() {
        return read().compose(all -> settle());
    }

    /** Reads all renewals since the last call. */
    private Future<Void> read() {
        return store.after(readUpTo).compose(renewals -> {
            if (renewals.last() < readUpTo) {
                LOG.warn("The state store has lost the leases; they get a grace period");
                readUpTo = 0;
                restartGrace();
                return read();
            }
            renewals.list().forEach(renewal -> book.read(renewal.lease(), renewal.number(), renewal.epoch()));
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
                    "{} leases have expired, including {}; their workers stay because they pass their probes",
                    more.size(),
                    more.iterator().next());
        }
        spared.clear();
        spared.addAll(now);
    }

    /**
     * Removes workers with expired leases from the table. Leases of workers that no longer need one (permanent or
     * removed) are only deleted.
     */
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
                    LOG.info("{} leases that expired long ago have been deleted", over.size());
                });
    }

    private void restore(LeaseKey key) {
        if (lost.remove(key)) {
            lostListener.accept(key, false);
        }
    }
}
