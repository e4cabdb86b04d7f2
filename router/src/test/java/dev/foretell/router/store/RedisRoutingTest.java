package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.routing.RoutingChange;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.routing.RoutingTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisRoutingTest {
    private static final ModelKey FIB = new ModelKey("AI", "fib");
    private static final ModelKey PI = new ModelKey("AI", "pi");

    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private final RoutingTables.Store routing = OPEN.store().routing();

    @Test
    void isEmptyAtFirst() {
        RoutingTable table = await(routing.load());

        assertThat(table.revision()).isZero();
        assertThat(table.models()).isEmpty();
    }

    @Test
    void loadsWhatWasCommitted() {
        RoutingMap.Model sticky = new RoutingMap.Model("consistent_hash", workers(2));

        await(routing.commit(change(0, FIB, model(1))));
        await(routing.commit(change(1, PI, sticky)));

        RoutingTable table = await(routing.load());
        assertThat(table.revision()).isEqualTo(2);
        assertThat(table.models()).isEqualTo(Map.of(FIB, model(1), PI, sticky));
    }

    @Test
    void takesOutWhatIsGone() {
        await(routing.commit(change(0, FIB, model(1))));

        await(routing.commit(new RoutingChange(1, Map.of(FIB, Optional.empty()))));

        assertThat(await(routing.load()).models()).isEmpty();
    }

    @Test
    void refusesAChangeOfAnotherRevision() {
        await(routing.commit(change(0, FIB, model(1))));

        assertConflict(() -> await(routing.commit(change(0, PI, model(1)))));

        RoutingTable table = await(routing.load());
        assertThat(table.revision()).isEqualTo(1);
        assertThat(table.models()).containsOnlyKeys(FIB);
    }

    @Test
    void onlyChecksTheRevisionOfAnEmptyChange() {
        await(routing.commit(change(0, FIB, model(1))));

        await(routing.commit(new RoutingChange(1, Map.of())));

        assertThat(await(routing.load()).revision()).isEqualTo(1);
        assertConflict(() -> await(routing.commit(new RoutingChange(0, Map.of()))));
    }

    @Test
    void takesATableBackThatItHasLost() {
        RoutingTable kept = new RoutingTable(7, Map.of(FIB, model(2)));

        await(routing.reseed(kept));

        RoutingTable table = await(routing.load());
        assertThat(table.revision()).isEqualTo(7);
        assertThat(table.models()).isEqualTo(kept.models());
        assertConflict(() -> await(routing.reseed(kept)));
    }

    @Test
    void tellsEveryRouterOfEachChangeInOrder() {
        StateStore other = OPEN.openAnother();
        List<RoutingChange> heard = new CopyOnWriteArrayList<>();
        other.routing().listen(heard::add);
        StateStore third = OPEN.openAnother();
        RoutingTables tables = new RoutingTables(third.routing());
        awaitListening(2);

        RoutingChange first = change(0, FIB, model(1));
        RoutingChange second = new RoutingChange(1, Map.of(FIB, Optional.empty(), PI, Optional.of(model(3))));
        await(routing.commit(first));
        await(routing.commit(second));

        await().untilAsserted(() -> assertThat(heard).containsExactly(first, second));
        await().untilAsserted(() -> assertThat(tables.current().models()).isEqualTo(Map.of(PI, model(3))));
        await(other.close());
        await(third.close());
    }

    @Test
    void makesRoutersReloadAfterAChangeTooLongToTell() {
        StateStore other = OPEN.openAnother();
        RoutingTables tables = new RoutingTables(other.routing());
        awaitListening(1);

        await(routing.commit(manyModels(3000)));

        await().untilAsserted(() -> assertThat(tables.current().revision()).isEqualTo(1));
        assertThat(tables.current().models()).hasSize(3000);
        await(other.close());
    }

    @Test
    void keepsAndNamesAModelThatSomebodySpoilt() {
        await(routing.commit(change(0, FIB, model(1))));
        OPEN.byHand("HSET {foretell}:map AI/broken '[{\"host\":' nonsense [] AI/pi 7");

        RoutingTable table = await(routing.load());

        assertThat(table.models()).containsOnlyKeys(FIB);
        assertThat(table.revision()).isEqualTo(1);
        assertThat(table.unreadable()).containsExactlyInAnyOrder("AI/broken", "nonsense", "AI/pi");
        assertThat(OPEN.store().unreadable()).contains("{foretell}:map AI/broken", "{foretell}:map nonsense");
    }

    @Test
    void aTableThatIsGivenBackLeavesWhatCannotBeReadWhereItIs() {
        StateStore other = OPEN.openAnother();
        RoutingTables tables = new RoutingTables(other.routing());
        await(tables.update(table -> table.merge(new RoutingMap(Map.of(FIB, model(1))))));
        OPEN.byHand("FLUSHALL");
        OPEN.byHand("HSET {foretell}:map AI/broken nonsense AI/old []");

        await(tables.reconcile());

        assertThat(OPEN.byHand("HEXISTS {foretell}:map AI/broken")).isEqualTo(":1");
        assertThat(await(routing.load()).models()).containsOnlyKeys(FIB);
        await(other.close());
    }

    @Test
    void takesARevisionThatIsNoNumberForALostTable() {
        OPEN.byHand("SET {foretell}:revision nonsense");

        assertThat(await(routing.load()).revision()).isZero();

        await(routing.reseed(new RoutingTable(3, Map.of(FIB, model(1)))));
        assertThat(await(routing.load()).revision()).isEqualTo(3);
    }

    @Test
    void isUnavailableWhereTheKeyIsNoHash() {
        OPEN.byHand("SET {foretell}:map nonsense");

        assertThatThrownBy(() -> await(routing.load()))
                .isInstanceOfSatisfying(
                        ServingException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.STATE_STORE_UNAVAILABLE));
    }

    @Test
    void keepsTenThousandModels() {
        await(routing.commit(manyModels(10_000)));

        RoutingTable table = await(routing.load());

        assertThat(table.models()).hasSize(10_000);
        await(routing.commit(change(1, FIB, model(4))));
    }

    private static void assertConflict(ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        ServingException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT));
    }

    /** Waits until so many connections are subscribed; PUBLISH answers how many heard it. */
    private static void awaitListening(int atLeast) {
        await().until(() ->
                Integer.parseInt(OPEN.byHand("PUBLISH {foretell}:changes {}").substring(1)) >= atLeast);
    }

    private static RoutingChange change(long base, ModelKey key, RoutingMap.Model model) {
        return new RoutingChange(base, Map.of(key, Optional.of(model)));
    }

    private static RoutingChange manyModels(int count) {
        Map<ModelKey, Optional<RoutingMap.Model>> models = new HashMap<>();
        IntStream.range(0, count).forEach(i -> models.put(new ModelKey("AI", "model-" + i), Optional.of(model(4))));
        return new RoutingChange(0, models);
    }

    private static RoutingMap.Model model(int workers) {
        return new RoutingMap.Model(null, workers(workers));
    }

    private static List<WorkerEntry> workers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> WorkerEntry.of("worker.example", 9001, i))
                .toList();
    }
}
