package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.routing.RoutingTables;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisDrainOrdersTest {
    private static final WorkerId FIRST = new WorkerId("first-worker.example", 9001, 0);
    private static final WorkerId SECOND = new WorkerId("second", 9002, 3);

    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private final StateStore store = OPEN.openAnother();
    private final Orders here = new Orders(store);

    /** One router's knowledge of them. */
    private static final class Orders {
        private final RoutingTables tables;
        private final DrainOrders orders;
        private final AtomicReference<Set<WorkerId>> known = new AtomicReference<>(Set.of());

        private Orders(StateStore store) {
            tables = new RoutingTables(store.routing());
            orders = new DrainOrders(store.drainOrders(), tables);
            orders.onChange(known::set);
        }

        private void register(String hosts) {
            RoutingMap map = RoutingMap.parse("""
                    {"AI":{"fib":[%s]}}""".formatted(hosts).getBytes(StandardCharsets.UTF_8));
            await(tables.update(table -> table.replace(map)));
        }

        private void awaitKnown(Set<WorkerId> workers) {
            Awaitility.await().untilAsserted(() -> assertThat(known.get()).isEqualTo(workers));
        }
    }

    @AfterEach
    void close() {
        await(store.close());
    }

    @Test
    void holdAtAllRoutersUntilTheyAreTakenBack() {
        StateStore another = OPEN.openAnother();
        Orders there = new Orders(another);

        await(here.orders.drain(FIRST));
        await(here.orders.drain(SECOND));
        here.awaitKnown(Set.of(FIRST, SECOND));
        untilItListens(() -> await(here.orders.drain(SECOND)), there, Set.of(FIRST, SECOND));

        await(there.orders.undo(FIRST));
        there.awaitKnown(Set.of(SECOND));
        here.awaitKnown(Set.of(SECOND));
        await(another.close());
    }

    /** A router learns of an order published before its subscription is in place only at its next reconciliation. */
    private static void untilItListens(Runnable saying, Orders router, Set<WorkerId> workers) {
        Awaitility.await().untilAsserted(() -> {
            saying.run();
            assertThat(router.known.get()).isEqualTo(workers);
        });
    }

    @Test
    void areReadAfterARestart() {
        await(here.orders.drain(FIRST));

        Orders restarted = new Orders(store);
        await(restarted.orders.reconcile());

        restarted.awaitKnown(Set.of(FIRST));
    }

    @Test
    void endWhenTheWorkerLeavesTheTable() {
        here.register("""
                {"host":"second","port":9002,"local_worker_id":3},{"host":"other","port":1}""");
        await(here.orders.drain(SECOND));
        here.awaitKnown(Set.of(SECOND));

        here.register("""
                {"host":"other","port":1}""");

        here.awaitKnown(Set.of());
        assertThat(OPEN.byHand("EXISTS {foretell}:draining")).contains("0");
    }

    @Test
    void areGivenBackToAStoreThatHasLostItsData() {
        here.register("""
                {"host":"second","port":9002,"local_worker_id":3}""");
        await(here.orders.drain(SECOND));
        assertThat(here.tables.current().models()).containsKey(new ModelKey("AI", "fib"));

        OPEN.byHand("FLUSHALL");
        await(here.orders.reconcile());
        await(here.tables.reconcile());
        await(here.orders.reconcile());

        here.awaitKnown(Set.of(SECOND));
        assertThat(OPEN.byHand("SISMEMBER {foretell}:draining second-9002-3")).contains("1");
    }

    @Test
    void leaveOutWhatSomebodySpoilt() {
        await(here.orders.drain(FIRST));
        OPEN.byHand("SADD {foretell}:draining nonsense");

        await(here.orders.reconcile());

        here.awaitKnown(Set.of(FIRST));
    }
}
