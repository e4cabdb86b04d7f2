package dev.foretell.router.routing;

import static dev.foretell.router.routing.RoutingTableTest.json;
import static dev.foretell.router.routing.RoutingTableTest.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.RoutingMap;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final RoutingMap LEASED = map("{'AI':{'fib':[{'host':'h','port':1,'lease_ms':5000}]}}");
    private static final RoutingMap FOR_GOOD = map("{'AI':{'fib':[{'host':'h','port':1}]}}");
    private static final Set<LeaseKey> LEASE = ActiveLeases.of(LEASED.models()).keySet();

    /** Leases in memory, a few at once; away when told so. */
    private static final class Kept implements Leases.Store {
        private static final int AT_ONCE = 2;

        private final Map<LeaseKey, Leases.Renewal> last = new HashMap<>();
        private long number;
        private boolean away;

        @Override
        public Future<Void> renew(Set<LeaseKey> leases, String epoch) {
            if (away) {
                return away();
            }
            leases.forEach(key -> last.put(key, new Leases.Renewal(key, ++number, epoch)));
            return Future.succeededFuture();
        }

        @Override
        public Future<Leases.Renewals> after(long from) {
            List<Leases.Renewal> found = last.values().stream()
                    .filter(renewal -> renewal.number() > from)
                    .sorted(Comparator.comparing(Leases.Renewal::number))
                    .limit(AT_ONCE)
                    .toList();
            return away ? away() : Future.succeededFuture(new Leases.Renewals(found, number, found.size() < AT_ONCE));
        }

        @Override
        public Future<Void> forget(Map<LeaseKey, Long> leases) {
            leases.forEach((key, known) -> last.computeIfPresent(key, (k, now) -> now.number() == known ? null : now));
            return Future.succeededFuture();
        }

        private static <T> Future<T> away() {
            return Future.failedFuture(new ServingException(FailureKind.STATE_STORE_UNAVAILABLE, "away"));
        }

        private void loseEverything() {
            last.clear();
            number = 0;
        }
    }

    /** The wall clock: the test's own time, and how far it was set. */
    private final class Wall extends Clock {
        @Override
        public Instant instant() {
            return Instant.EPOCH.plus(now).plus(set);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Duration now = Duration.ofHours(5);
    private Duration set = Duration.ZERO;
    private String living = "";
    private final Kept store = new Kept();
    private final RoutingTables tables = new RoutingTables(new MemoryStore());
    private final List<String> told = new ArrayList<>();
    private final Leases leases = new Leases(
            store,
            tables,
            new Leases.Config(Duration.ofSeconds(60)),
            (worker, epoch) -> !epoch.isEmpty() && epoch.equals(living),
            new Leases.Clocks(() -> now.toNanos(), new Wall()),
            (key, lost) -> told.add((lost ? "lost " : "found ") + key));

    private void register(RoutingMap map) {
        register(map, "");
    }

    private void register(RoutingMap map, String epoch) {
        leases.renew(map, epoch);
        tables.update(table -> table.merge(map));
    }

    private void secondsPass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            leases.watchClocks();
            leases.sweep();
        }
    }

    @Test
    void aRenewedLeaseIsNeverLost() {
        for (int i = 0; i < 10; i++) {
            register(LEASED);
            secondsPass(4);
        }

        assertThat(told).isEmpty();
    }

    @Test
    void aLeaseThatIsNotRenewedIsLostOnceAndFoundByTheNextRegistration() {
        register(LEASED);

        secondsPass(4);
        assertThat(told).isEmpty();
        secondsPass(20);
        assertThat(told).containsExactly("lost AI/fib/h-1-0");

        register(LEASED);
        assertThat(told).containsExactly("lost AI/fib/h-1-0", "found AI/fib/h-1-0");
    }

    @Test
    void whatIsLeftOfALeaseIsCountedFromItsRenewalAndNeverLessThanNothing() {
        Duration length = Duration.ofSeconds(5);
        LeaseKey lease = LEASE.iterator().next();
        assertThat(leases.remaining(lease, length)).isEqualTo(length);

        register(LEASED);
        assertThat(leases.remaining(lease, length)).isEqualTo(length);
        secondsPass(3); // the store's word for it comes after one of them
        assertThat(leases.remaining(lease, length)).isEqualTo(Duration.ofSeconds(3));
        secondsPass(20);
        assertThat(leases.remaining(lease, length)).isZero();

        register(LEASED);
        assertThat(leases.remaining(lease, length)).isEqualTo(length);
    }

    @Test
    void renewalThroughAnotherRouterIsNoticed() {
        register(LEASED);
        secondsPass(10);

        store.renew(LEASE, "");
        secondsPass(1);

        assertThat(told).containsExactly("lost AI/fib/h-1-0", "found AI/fib/h-1-0");
    }

    @Test
    void allRenewalsAreReadHoweverManyThereAre() {
        RoutingMap many = map("{'AI':{'fib':[{'host':'a','port':1,'lease_ms':5000},"
                + "{'host':'b','port':1,'lease_ms':5000},{'host':'c','port':1,'lease_ms':5000},"
                + "{'host':'d','port':1,'lease_ms':5000},{'host':'e','port':1,'lease_ms':5000}]}}");
        register(many);

        for (int i = 0; i < 5; i++) {
            store.renew(ActiveLeases.of(many.models()).keySet(), "");
            secondsPass(4);
        }

        assertThat(told).isEmpty();
    }

    @Test
    void aWorkerWithoutALeaseForLongLeavesTheTable() {
        register(LEASED);

        secondsPass(5 + 60);
        assertThat(json(tables.current())).contains("fib");
        secondsPass(2);

        assertThat(json(tables.current())).isEqualTo("{}");
        assertThat(store.last).isEmpty();
    }

    @Test
    void workersWithoutALeaseAreNoneOfItsBusiness() {
        register(FOR_GOOD);
        secondsPass(200);

        assertThat(told).isEmpty();
        assertThat(json(tables.current())).contains("fib");
    }

    @Test
    void aWorkerRegisteredForGoodAfterItHadALeaseStays() {
        register(LEASED);
        secondsPass(2);
        register(FOR_GOOD);
        secondsPass(200);

        assertThat(told).isEmpty();
        assertThat(json(tables.current())).isEqualTo("{'AI':{'fib':[{'host':'h','port':1}]}}");
        assertThat(store.last).isEmpty();
    }

    @Test
    void afterARestartAFullLeasePassesBeforeAnyIsLost() {
        register(LEASED);
        now = now.plusSeconds(3600);
        leases.restartGrace();

        secondsPass(5);
        assertThat(told).isEmpty();
        secondsPass(2);
        assertThat(told).containsExactly("lost AI/fib/h-1-0");
    }

    @Test
    void aWorkerTakenOutByHandLeavesItsLeaseBehindAndThatIsForgotten() {
        register(LEASED);
        tables.update(table -> table.remove("AI", null, null));
        secondsPass(62);

        assertThat(told).isEmpty();
        assertThat(store.last).isEmpty();
    }

    @Test
    void aWallClockSetDaysAheadOrBackTakesNobodyOut() {
        for (Duration step : List.of(Duration.ofDays(3), Duration.ofDays(-3), Duration.ofMinutes(1))) {
            register(LEASED);
            secondsPass(4);
            set = set.plus(step);
            secondsPass(5);
            register(LEASED);
        }

        assertThat(told).isEmpty();
        assertThat(json(tables.current())).contains("fib");
    }

    @Test
    void aRouterThatStoodStillGivesALeaseOfGrace() {
        register(LEASED);
        secondsPass(3);

        now = now.plusSeconds(100);
        secondsPass(4);
        assertThat(told).isEmpty();

        secondsPass(3);
        assertThat(told).containsExactly("lost AI/fib/h-1-0");
    }

    @Test
    void noLeaseRunsOutWhileTheStoreIsAway() {
        register(LEASED);
        store.away = true;
        secondsPass(200);
        assertThat(told).isEmpty();

        store.away = false;
        leases.restartGrace();
        secondsPass(5);
        assertThat(told).isEmpty();
        secondsPass(2);
        assertThat(told).containsExactly("lost AI/fib/h-1-0");
    }

    @Test
    void aStoreThatLostItsDataIsReadFromTheBeginning() {
        register(LEASED);
        secondsPass(3);
        store.loseEverything();
        secondsPass(4);
        assertThat(told).isEmpty();

        store.renew(LEASE, "");
        secondsPass(4);

        assertThat(told).isEmpty();
    }

    @Test
    void aLeaseThatRanOutBesideProofThatTheProcessLivesTakesNobodyOut() {
        living = "one";
        register(LEASED, "one");

        secondsPass(1000);

        assertThat(told).isEmpty();
        assertThat(json(tables.current())).contains("fib");
    }

    @Test
    void anotherProcessAtTheSameAddressIsNotTakenForTheOneThatRegistered() {
        register(LEASED, "one");
        living = "two";

        secondsPass(7);

        assertThat(told).containsExactly("lost AI/fib/h-1-0");
    }

    @Test
    void aWorkerThatWasSparedIsLostOnceNothingProvesThatItLives() {
        living = "one";
        register(LEASED, "one");
        secondsPass(100);

        living = "";
        secondsPass(1);

        assertThat(told).isEmpty();
        assertThat(json(tables.current())).isEqualTo("{}");
    }

    @Test
    void aRegistrationByHandTakesNoProofAway() {
        living = "one";
        register(LEASED, "one");
        register(LEASED);

        secondsPass(30);

        assertThat(told).isEmpty();
    }
}
