package dev.foretell.router.models;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPools;
import dev.foretell.router.upstream.pool.WorkerHost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts hold which versions: the stored routing table, plus each version of each registered model as a model of
 * its own. Every router computes it from shared data; it is never stored. Thread-safe.
 */
public final class Placements {
    private static final ModelKey HOSTS = new ModelKey(Hosting.TYPE, Hosting.ONNX);

    private final RoutingTables tables;
    private final ModelRegistry registry;
    private final EndpointPools pools;
    private final List<BiConsumer<RoutingTable, RoutingTable>> listeners = new CopyOnWriteArrayList<>();
    private volatile RoutingTable current = RoutingTable.EMPTY;
    private @Nullable Basis last;

    /** The inputs of a computed table. */
    private record Basis(RoutingTable stored, Models models, Set<WorkerId> ready, HostMemory memory) {
        private boolean isSame(@Nullable Basis other) {
            return other != null
                    && stored == other.stored
                    && models == other.models
                    && ready.equals(other.ready)
                    && memory.equals(other.memory);
        }
    }

    public Placements(RoutingTables tables, ModelRegistry registry, EndpointPools pools) {
        this.tables = tables;
        this.registry = registry;
        this.pools = pools;
    }

    /** Calls the listener with the table before and after each change, in order, on the thread that changes it. */
    public void onChange(BiConsumer<RoutingTable, RoutingTable> listener) {
        listeners.add(listener);
    }

    public RoutingTable current() {
        return current;
    }

    /** Starts to follow the tables, the registry, and the states of the hosts. */
    public void follow() {
        tables.onChange((before, after) -> refresh());
        registry.onChange((before, after) -> refresh());
        pools.onEndpoints(joined -> joined.onChange(() -> onChange(joined)), left -> {});
    }

    private void onChange(WorkerHost endpoint) {
        if (hosts(tables.current()).stream()
                .anyMatch(host -> host.port() == endpoint.address().port()
                        && host.host().equals(endpoint.address().host()))) {
            refresh();
        }
    }

    /** Computes the table again, because an input may have changed. */
    public synchronized void refresh() {
        Models models = registry.current();
        boolean isEmpty = models.byName().isEmpty();
        Basis basis = new Basis(
                tables.current(),
                models,
                isEmpty ? Set.of() : ready(),
                isEmpty ? new HostMemory(Map.of()) : HostMemory.of(pools));
        if (!basis.isSame(last)) {
            last = basis;
            adopt(models.byName().isEmpty() ? basis.stored() : with(basis));
        }
    }

    private void adopt(RoutingTable next) {
        RoutingTable before = current;
        if (next != before && (next == tables.current() || !isSame(next, before))) {
            current = next;
            listeners.forEach(listener -> listener.accept(before, next));
        }
    }

    private static boolean isSame(RoutingTable next, RoutingTable before) {
        return next.models().equals(before.models()) && next.unreadable().equals(before.unreadable());
    }

    private Set<WorkerId> ready() {
        return pools.find(HOSTS).stream()
                .flatMap(pool -> pool.endpoints().stream())
                .filter(Endpoint::isAvailable)
                .map(Endpoint::worker)
                .collect(Collectors.toSet());
    }

    private static RoutingTable with(Basis basis) {
        List<WorkerEntry> hosts = hosts(basis.stored());
        Map<ModelKey, RoutingMap.Model> all = new TreeMap<>(basis.stored().models());
        basis.models().byName().values().stream()
                .filter(RegisteredModel::servesCalls)
                .forEach(model -> model.versions().values().forEach(version -> {
                    List<WorkerEntry> entries = HostChoice.of(
                            version,
                            hosts,
                            basis.ready(),
                            basis.memory(),
                            model.deployment().replicas());
                    all.put(model.key().version(version.number()), new RoutingMap.Model(null, entries));
                }));
        return basis.stored().with(all);
    }

    private static List<WorkerEntry> hosts(RoutingTable table) {
        RoutingMap.Model hosts = table.models().get(HOSTS);
        return hosts == null ? List.of() : hosts.workers();
    }
}
