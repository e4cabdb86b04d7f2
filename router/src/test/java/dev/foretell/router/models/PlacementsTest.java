package dev.foretell.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.balance.BalanceConfig;
import dev.foretell.router.routing.RoutingConfig;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import dev.foretell.router.upstream.pool.WarmUpConfig;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacementsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final ModelKey HOSTS = new ModelKey("hosts", "onnx");

    private final Registered.KeptTable keptTable = new Registered.KeptTable();
    private final Registered.KeptModels keptModels = new Registered.KeptModels();
    private final RoutingTables tables = new RoutingTables(keptTable);
    private final ModelRegistry registry = new ModelRegistry(keptModels);
    private final EndpointPools pools = new EndpointPools(
            VERTX,
            BalanceConfig.defaults(),
            BreakerConfig.defaults(),
            RoutingConfig.defaults(),
            WarmUpConfig.defaults(),
            System::nanoTime);
    private final Placements placements = new Placements(tables, registry, pools);
    private int changes;

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @BeforeEach
    void follow() {
        placements.onChange(pools::follow);
        placements.onChange((before, after) -> changes++);
        placements.follow();
    }

    private static WorkerEntry worker(int port) {
        return new WorkerEntry("h", port, 0, null, null, null);
    }

    /** Hosts on ports from 1 on, and functions {@code f0, f1, …} on port 9000. */
    private void table(int hosts, int functions) {
        Map<ModelKey, RoutingMap.Model> models = new HashMap<>();
        models.put(
                HOSTS,
                new RoutingMap.Model(
                        null,
                        IntStream.rangeClosed(1, hosts)
                                .mapToObj(PlacementsTest::worker)
                                .toList()));
        for (int i = 0; i < functions; i++) {
            models.put(new ModelKey("AI", "f" + i), new RoutingMap.Model(null, List.of(worker(9000))));
        }
        keptTable.state = new RoutingTable(tables.current().revision() + 1, models);
        assertThat(tables.reconcile().succeeded()).isTrue();
    }

    private void register(RegisteredModel... models) {
        keptModels.state = Registered.models(registry.current().revision() + 1, models);
        assertThat(registry.reconcile().succeeded()).isTrue();
    }

    private WorkerHost endpoint(int port) {
        return pools.hosts().stream()
                .filter(host -> host.address().port() == port)
                .findFirst()
                .orElseThrow();
    }

    private void allUp() {
        List.copyOf(pools.hosts()).forEach(host -> host.onProbePass(null));
    }

    private Set<Integer> hostsOf(String version) {
        return pools.find(new ModelKey("AI", version)).orElseThrow().endpoints().stream()
                .map(endpoint -> endpoint.worker().port())
                .collect(Collectors.toSet());
    }

    private void up(int port, long memory) {
        endpoint(port)
                .onProbePass(new WorkerIndex("host", "1", Map.of(), new WorkerIndex.Batch(64, memory), null, null));
    }

    private static ModelVersion needing(long memory) {
        ModelVersion version = Registered.version(1, "d", List.of(), List.of());
        return new ModelVersion(1, version.file(), version.contents(), null, version.origin(), memory);
    }

    @Test
    void aVersionIsPlacedWhereThereIsTheMemoryForIt() {
        table(3, 0);
        RegisteredModel large = RegisteredModel.fresh("AI", "large", 2).plus(needing(500));
        register(large);
        up(1, 100);
        up(2, 1000);
        up(3, 100);
        assertThat(hostsOf("large:1")).containsExactly(2);

        up(3, 500);
        assertThat(hostsOf("large:1")).containsExactlyInAnyOrder(2, 3);
        endpoint(2).markLost();
        endpoint(3).markLost();
        assertThat(hostsOf("large:1")).as("rather those that are not ready").containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void withoutRegisteredModelsTheTableIsPassedOnAsItIs() {
        table(2, 3);
        assertThat(placements.current()).isSameAs(tables.current());

        allUp();
        endpoint(1).markLost();

        assertThat(changes).isEqualTo(1);
        assertThat(placements.current()).isSameAs(tables.current());
    }

    @Test
    void eachVersionIsAtSoManyHosts() {
        table(5, 1);
        allUp();
        RegisteredModel iris = Registered.model("iris", 2, TrafficPlan.allTo(1));
        register(iris);

        assertThat(hostsOf("iris:1")).hasSize(2);
        assertThat(hostsOf("iris:2")).hasSize(2);
        assertThat(pools.find(new ModelKey("AI", "f0"))).isPresent();
        assertThat(Objects.requireNonNull(placements.current().models().get(new ModelKey("AI", "iris:1")))
                        .workers())
                .allSatisfy(entry -> assertThat(entry.function()).startsWith("sha256-"));

        register(iris.withReplicas(4));
        assertThat(hostsOf("iris:1")).hasSize(4);
        register(iris.withLoaded(false));
        assertThat(pools.find(new ModelKey("AI", "iris:1"))).isEmpty();
        register();
        assertThat(placements.current()).isSameAs(tables.current());
    }

    @Test
    void aHostThatGoesDownIsReplacedAndGetsItsModelsBack() {
        table(5, 0);
        allUp();
        register(Registered.model("iris", 1, TrafficPlan.allTo(1)));
        Set<Integer> before = hostsOf("iris:1");
        int holder = before.iterator().next();

        endpoint(holder).markLost();
        assertThat(hostsOf("iris:1")).hasSize(2).doesNotContain(holder);

        endpoint(holder).onProbePass(null);
        assertThat(hostsOf("iris:1")).isEqualTo(before);
    }

    @Test
    void whereNoHostIsUpTheModelsStayWhereTheyWouldBe() {
        table(3, 0);
        register(Registered.model("iris", 1, TrafficPlan.allTo(1)));
        Set<Integer> before = hostsOf("iris:1");
        allUp();
        assertThat(hostsOf("iris:1")).isEqualTo(before);

        List.copyOf(pools.hosts()).forEach(WorkerHost::markLost);

        assertThat(hostsOf("iris:1")).isEqualTo(before);
    }

    @Test
    void aHostThatIsDrainedGivesItsModelsAwayUnlessThereIsNoOther() {
        table(3, 0);
        allUp();
        register(Registered.model("iris", 1, TrafficPlan.allTo(1)));
        int drained = hostsOf("iris:1").iterator().next();

        pools.setDraining(Set.of(worker(drained).id()));
        placements.refresh();
        assertThat(hostsOf("iris:1")).hasSize(2).doesNotContain(drained);

        pools.setDraining(Set.of(worker(1).id(), worker(2).id(), worker(3).id()));
        placements.refresh();
        assertThat(hostsOf("iris:1")).hasSize(2);
    }

    /** Counts instead of timings: what is not touched costs nothing. */
    @Test
    void aHostThatComesOrGoesTouchesItsOwnModelsOnly() {
        int models = 1000;
        int hosts = 10;
        table(hosts, 10_000);
        allUp();
        register(IntStream.range(0, models)
                .mapToObj(i -> Registered.model("m" + i, 1, TrafficPlan.allTo(1)))
                .toArray(RegisteredModel[]::new));
        Map<ModelKey, List<?>> before = entries();
        long held = pools.all().stream()
                .filter(pool -> pool.model().isVersion())
                .filter(pool -> pool.endpoints().stream()
                        .anyMatch(endpoint -> endpoint.worker().port() == 1))
                .count();
        changes = 0;

        endpoint(1).markLost();

        assertThat(changes).isEqualTo(1);
        assertThat(held).isBetween(100L, 300L);
        assertThat(moved(before)).isEqualTo(held);
        endpoint(1).markLost();
        placements.refresh();
        assertThat(changes).isEqualTo(1);

        Map<ModelKey, List<?>> without = entries();
        endpoint(1).onProbePass(null);
        assertThat(changes).isEqualTo(2);
        assertThat(moved(without)).isEqualTo(held);
    }

    private Map<ModelKey, List<?>> entries() {
        return pools.all().stream().collect(Collectors.toMap(EndpointPool::model, EndpointPool::endpoints));
    }

    private long moved(Map<ModelKey, List<?>> before) {
        return entries().entrySet().stream()
                .filter(now -> now.getValue() != before.get(now.getKey()))
                .count();
    }
}
