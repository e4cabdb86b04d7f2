package dev.foretell.router.routing;

import static dev.foretell.router.routing.RoutingTableTest.json;
import static dev.foretell.router.routing.RoutingTableTest.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.RoutingMap;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoutingTablesTest {
    private static final RoutingMap ONE = map("{'AI':{'a':[{'host':'h','port':1}]}}");
    private static final RoutingMap TWO = map("{'AI':{'b':[{'host':'h','port':2}]}}");

    private final MemoryStore store = new MemoryStore();
    private final RoutingTables tables = new RoutingTables(store);

    private static FailureKind kindOf(Future<?> failed) {
        assertThat(failed.failed()).isTrue();
        return ((ServingException) failed.cause()).kind();
    }

    @Test
    void adoptsWhatItCommittedAndTellsItsListeners() {
        List<String> told = new ArrayList<>();
        tables.onChange((before, after) -> told.add(before.revision() + ">" + after.revision()));

        Future<RoutingTable> updated = tables.update(table -> table.merge(ONE));

        assertThat(updated.result().revision()).isEqualTo(1);
        assertThat(tables.current()).isSameAs(updated.result());
        assertThat(told).containsExactly("0>1");
    }

    @Test
    void aChangeThatChangesNothingKeepsTheRevision() {
        tables.update(table -> table.merge(ONE));

        assertThat(tables.update(table -> table.merge(ONE)).result().revision()).isEqualTo(1);
    }

    @Test
    void worksTheChangeOutAnewWhereAnotherRouterWasFirst() {
        store.silent = true;
        store.kept = RoutingTable.EMPTY.after(RoutingTable.EMPTY.merge(TWO));

        RoutingTable table = tables.update(before -> before.merge(ONE)).result();

        assertThat(table.revision()).isEqualTo(2);
        assertThat(json(table)).contains("'a'").contains("'b'");
        assertThat(store.kept.models()).isEqualTo(table.models());
    }

    @Test
    void givesUpAfterEightConflicts() {
        RoutingTables.Store quarrelling = new RoutingTables.Store() {
            @Override
            public Future<RoutingTable> load() {
                return store.load();
            }

            @Override
            public Future<Void> commit(RoutingChange change) {
                store.commits++;
                return Future.failedFuture(new ServingException(FailureKind.CONFLICT, "always"));
            }

            @Override
            public Future<Void> reseed(RoutingTable table) {
                return store.reseed(table);
            }

            @Override
            public void listen(java.util.function.Consumer<RoutingChange> listener) {
                store.listen(listener);
            }
        };

        assertThat(kindOf(new RoutingTables(quarrelling).update(table -> table.merge(ONE))))
                .isEqualTo(FailureKind.CONFLICT);
        assertThat(store.commits).isEqualTo(8);
    }

    @Test
    void keepsTheLastTableWhileTheStoreIsAway() {
        tables.update(table -> table.merge(ONE));
        store.away = true;

        assertThat(kindOf(tables.update(table -> table.merge(TWO)))).isEqualTo(FailureKind.STATE_STORE_UNAVAILABLE);
        assertThat(kindOf(tables.reconcile())).isEqualTo(FailureKind.STATE_STORE_UNAVAILABLE);
        assertThat(tables.current().revision()).isEqualTo(1);

        store.away = false;
        assertThat(tables.update(table -> table.merge(TWO)).result().revision()).isEqualTo(2);
    }

    @Test
    void followsWhatOtherRoutersCommit() {
        RoutingTables other = new RoutingTables(store);

        other.update(table -> table.merge(ONE));

        assertThat(tables.current().revision()).isEqualTo(1);
        assertThat(tables.current().models()).isEqualTo(other.current().models());
    }

    @Test
    void lateNewsNeverTurnsTimeBack() {
        RoutingChange first = RoutingTable.EMPTY.merge(ONE);
        tables.update(table -> table.merge(ONE));
        tables.update(table -> table.merge(TWO));

        store.listeners.forEach(listener -> listener.accept(first));

        assertThat(tables.current().revision()).isEqualTo(2);
    }

    @Test
    void newsThatIsFasterThanALoadIsNoLossOfTheStore() {
        RoutingTables.Store slow = new RoutingTables.Store() {
            @Override
            public Future<RoutingTable> load() {
                RoutingTable old = store.kept;
                store.commit(old.merge(TWO)); // by another router, while this one reads
                return Future.succeededFuture(old);
            }

            @Override
            public Future<Void> commit(RoutingChange change) {
                return store.commit(change);
            }

            @Override
            public Future<Void> reseed(RoutingTable table) {
                return store.reseed(table);
            }

            @Override
            public void listen(java.util.function.Consumer<RoutingChange> listener) {
                store.listen(listener);
            }
        };

        assertThat(new RoutingTables(slow).reconcile().result().revision()).isEqualTo(1);
        assertThat(store.kept.revision()).isEqualTo(1);
    }

    @Test
    void newsThatSkipsARevisionIsMadeGoodByLoading() {
        store.silent = true;
        RoutingTables other = new RoutingTables(store);
        other.update(table -> table.merge(ONE));
        store.silent = false;

        other.update(table -> table.merge(TWO));

        assertThat(tables.current().revision()).isEqualTo(2);
        assertThat(tables.current().models()).isEqualTo(other.current().models());
    }

    @Test
    void givesAStoreThatLostItsTableTheTableBack() {
        tables.update(table -> table.merge(ONE));
        tables.update(table -> table.merge(TWO));
        store.kept = RoutingTable.EMPTY;

        assertThat(tables.reconcile().result().revision()).isEqualTo(2);
        assertThat(store.kept.revision()).isEqualTo(2);
    }

    @Test
    void aLostTableIsGivenBackBeforeItIsChanged() {
        tables.update(table -> table.merge(ONE));
        store.kept = RoutingTable.EMPTY;

        RoutingTable after = tables.update(table -> table.merge(TWO)).result();

        assertThat(json(after)).contains("'a'").contains("'b'");
        assertThat(store.kept.models()).isEqualTo(after.models());
    }

    @Test
    void aStepThatThrowsFailsAndTheNextOneGoesOn() {
        Future<RoutingTable> failed = tables.update(table -> {
            throw new ServingException(FailureKind.NOT_FOUND, "no such thing");
        });

        assertThat(kindOf(failed)).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(tables.update(table -> table.merge(ONE)).result().revision()).isEqualTo(1);
    }

    @Test
    void updatesFollowOneAnotherAndAThousandMayWait() {
        store.holdsBack = true;
        List<Future<RoutingTable>> waiting = IntStream.rangeClosed(1, 1000)
                .mapToObj(
                        i -> tables.update(table -> table.merge(map("{'AI':{'m" + i + "':[{'host':'h','port':1}]}}"))))
                .toList();
        assertThat(store.commits).isEqualTo(1);

        assertThat(kindOf(tables.update(table -> table.merge(ONE)))).isEqualTo(FailureKind.SHED);

        while (!store.heldBack.isEmpty()) {
            store.heldBack.remove(0).complete();
        }
        store.holdsBack = false;
        assertThat(waiting).allMatch(Future::succeeded);
        assertThat(tables.current().revision()).isEqualTo(1000);
        assertThat(tables.update(table -> table.merge(ONE)).result().revision()).isEqualTo(1001);
    }

    @Test
    void anOlderKeptTableOfTheSameRevisionIsLeftAlone() {
        tables.update(table -> table.merge(ONE));
        RoutingTable before = tables.current();
        store.kept = new RoutingTable(1, Map.of());

        tables.reconcile();

        assertThat(tables.current()).isSameAs(before);
    }
}
