package dev.foretell.router.routing;

import static dev.foretell.router.routing.RoutingTableTest.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.identity.WorkerId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Orders over a store that answers when the test says so. */
class DrainOrdersTest {
    private static final WorkerId WORKER = new WorkerId("h", 1, 0);

    private final RoutingTables tables = new RoutingTables(new MemoryStore());
    private final SlowStore store = new SlowStore();
    private final DrainOrders orders = new DrainOrders(store, tables);

    private static final class SlowStore implements DrainOrders.Store {
        private final Set<WorkerId> kept = new HashSet<>();
        private final Deque<Promise<DrainOrders.Kept>> asked = new ArrayDeque<>();

        @Override
        public Future<DrainOrders.Kept> load() {
            asked.add(Promise.promise());
            return asked.getLast().future();
        }

        void answer(long revision) {
            asked.remove().complete(new DrainOrders.Kept(Set.copyOf(kept), revision));
        }

        @Override
        public Future<Void> add(Set<WorkerId> workers) {
            kept.addAll(workers);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> remove(Set<WorkerId> workers) {
            kept.removeAll(workers);
            return Future.succeededFuture();
        }

        @Override
        public void listen(Runnable changed) {}
    }

    private void change(String table) {
        tables.update(before -> before.replace(map(table)));
    }

    @Test
    void aTableThatChangesWhileOrdersAreLoadedBringsNoOldOrderBack() {
        change("{'AI':{'a':[{'host':'h','port':1}]}}");
        orders.drain(WORKER);
        store.answer(1);
        store.kept.clear();

        orders.reconcile();
        change("{'AI':{'a':[{'host':'h','port':1},{'host':'h','port':2}]}}");
        store.answer(1);

        assertThat(store.kept).isEmpty();
    }

    @Test
    void aStoreThatLostItsDataIsGivenTheOrdersAgain() {
        change("{'AI':{'a':[{'host':'h','port':1}]}}");
        orders.drain(WORKER);
        store.answer(1);
        store.kept.clear();

        orders.reconcile();
        store.answer(0);

        assertThat(store.kept).containsExactly(WORKER);
    }
}
