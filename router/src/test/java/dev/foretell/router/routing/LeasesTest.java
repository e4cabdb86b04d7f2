package dev.foretell.router.routing;

import static dev.foretell.router.routing.RoutingTableTest.json;
import static dev.foretell.router.routing.RoutingTableTest.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.wire.RoutingMap;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final RoutingMap LEASED = map("{'AI':{'fib':[{'host':'h','port':1,'lease_ms':5000}]}}");
    private static final RoutingMap FOR_GOOD = map("{'AI':{'fib':[{'host':'h','port':1}]}}");

    /** Leases in memory, on the test's clock. */
    private final class Kept implements Leases.Store {
        private final Map<LeaseKey, Duration> ends = new HashMap<>();

        @Override
        public Future<Void> renew(Map<LeaseKey, Duration> leases) {
            leases.forEach((key, lease) -> ends.put(key, now.plus(lease)));
            return Future.succeededFuture();
        }

        @Override
        public Future<Map<LeaseKey, Duration>> expired() {
            Map<LeaseKey, Duration> expired = new HashMap<>();
            ends.forEach((key, end) -> {
                if (end.compareTo(now) <= 0) {
                    expired.put(key, now.minus(end));
                }
            });
            return Future.succeededFuture(expired);
        }

        @Override
        public Future<Void> forget(Set<LeaseKey> leases) {
            ends.keySet().removeAll(leases);
            return Future.succeededFuture();
        }
    }

    private Duration now = Duration.ofHours(5);
    private final Kept store = new Kept();
    private final RoutingTables tables = new RoutingTables(new MemoryStore());
    private final List<String> told = new ArrayList<>();
    private final Leases leases = new Leases(
            store,
            tables,
            new Leases.Config(Duration.ofSeconds(60)),
            () -> now.toNanos(),
            (key, lost) -> told.add((lost ? "lost " : "found ") + key));

    private void register(RoutingMap map) {
        leases.renew(map);
        tables.update(table -> table.merge(map));
    }

    private void secondsPass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            assertThat(leases.sweep().succeeded()).isTrue();
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
    void renewalThroughAnotherRouterIsNoticed() {
        register(LEASED);
        secondsPass(10);

        store.renew(Map.of(store.ends.keySet().iterator().next(), Duration.ofSeconds(5)));
        secondsPass(1);

        assertThat(told).containsExactly("lost AI/fib/h-1-0", "found AI/fib/h-1-0");
    }

    @Test
    void aWorkerWithoutALeaseForLongLeavesTheTable() {
        register(LEASED);

        secondsPass(5 + 60);
        assertThat(json(tables.current())).contains("fib");
        secondsPass(1);

        assertThat(json(tables.current())).isEqualTo("{}");
        assertThat(store.ends).isEmpty();
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
        assertThat(store.ends).isEmpty();
    }

    @Test
    void afterARestartAFullLeasePassesBeforeAnyIsLost() {
        register(LEASED);
        now = now.plusSeconds(3600);
        leases.restartGrace();

        secondsPass(5);
        assertThat(told).isEmpty();
        assertThat(json(tables.current())).contains("fib");
        secondsPass(1);
        assertThat(json(tables.current())).isEqualTo("{}");
    }

    @Test
    void aWorkerTakenOutByHandLeavesItsLeaseBehindAndThatIsForgotten() {
        register(LEASED);
        tables.update(table -> table.remove("AI", null, null));
        secondsPass(6);

        assertThat(told).isEmpty();
        assertThat(store.ends).isEmpty();
    }
}
