package dev.foretell.router.upstream.pool;

import dev.foretell.commons.wire.WorkerEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of the workers in the routing table, one per address, and those who follow them as they join and leave.
 * Thread-safe; {@link #of}, {@link #announce} and {@link #retain} are called under the lock of the pools.
 */
final class WorkerHosts {
    private final SlowStart slowStart;
    private final Map<WorkerHost.Address, WorkerHost> byAddress = new ConcurrentHashMap<>();
    private final List<Consumer<WorkerHost>> joinListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<WorkerHost>> leaveListeners = new CopyOnWriteArrayList<>();
    private final List<WorkerHost> unannounced = new ArrayList<>();

    WorkerHosts(SlowStart slowStart) {
        this.slowStart = slowStart;
    }

    /** Calls the listeners with each host that joins or leaves. */
    void listen(Consumer<WorkerHost> joined, Consumer<WorkerHost> left) {
        joinListeners.add(joined);
        leaveListeners.add(left);
    }

    Collection<WorkerHost> all() {
        return byAddress.values();
    }

    @Nullable
    WorkerHost find(WorkerEntry worker) {
        return byAddress.get(new WorkerHost.Address(worker.host(), worker.port()));
    }

    /** The host of a worker; a new one joins at the next {@link #announce}. */
    WorkerHost of(WorkerEntry worker) {
        return byAddress.computeIfAbsent(new WorkerHost.Address(worker.host(), worker.port()), address -> {
            WorkerHost fresh = new WorkerHost(address, slowStart);
            unannounced.add(fresh);
            return fresh;
        });
    }

    /** Tells the listeners of the new hosts, once their pools can be found. */
    void announce() {
        List<WorkerHost> joined = List.copyOf(unannounced);
        unannounced.clear();
        joined.forEach(host -> joinListeners.forEach(listener -> listener.accept(host)));
    }

    /** Drops all other hosts. */
    void retain(Set<WorkerHost> used) {
        for (WorkerHost host : List.copyOf(byAddress.values())) {
            if (!used.contains(host)) {
                byAddress.remove(host.address());
                host.leave();
                leaveListeners.forEach(listener -> listener.accept(host));
            }
        }
    }
}
