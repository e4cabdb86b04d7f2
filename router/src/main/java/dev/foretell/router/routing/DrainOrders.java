package dev.foretell.router.routing;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.identity.WorkerId;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers that must not get new calls because of a drain order. An order applies at all routers until it is
 * reverted or its worker leaves the table. Thread-safe. While the store is unavailable, the last known orders apply.
 */
public final class DrainOrders {
    private static final Logger LOG = LoggerFactory.getLogger(DrainOrders.class);

    /** Stores orders for all routers; all methods fail with {@link FailureKind#STATE_STORE_UNAVAILABLE}. */
    public interface Store {
        Future<Kept> load();

        Future<Void> add(Set<WorkerId> workers);

        Future<Void> remove(Set<WorkerId> workers);

        /** Calls the listener when any router has changed an order; a notification may get lost. */
        void listen(Runnable changed);
    }

    /** The stored orders, with the revision of the stored routing table. */
    public record Kept(Set<WorkerId> workers, long revision) {}

    private final Store store;
    private final RoutingTables tables;
    private final List<Consumer<Set<WorkerId>>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong loads = new AtomicLong();
    private long adoptedLoad;
    private volatile Set<WorkerId> current = Set.of();

    public DrainOrders(Store store, RoutingTables tables) {
        this.store = store;
        this.tables = tables;
        store.listen(() -> reconcile().onFailure(e -> LOG.debug("The drain orders could not be loaded", e)));
        tables.onChange(this::forgetThoseWhoLeft);
    }

    /** Calls the listener with all drained workers whenever they change. */
    public void onChange(Consumer<Set<WorkerId>> listener) {
        listeners.add(listener);
    }

    /** The drained workers. */
    public Set<WorkerId> current() {
        return current;
    }

    public Future<Void> drain(WorkerId worker) {
        return store.add(Set.of(worker)).compose(v -> reconcile());
    }

    public Future<Void> undo(WorkerId worker) {
        return store.remove(Set.of(worker)).compose(v -> reconcile());
    }

    /**
     * Loads the stored orders. If the store has lost its data, stores ours again; a routing table older than the last
     * known one shows the loss.
     */
    public Future<Void> reconcile() {
        long number = loads.incrementAndGet();
        long asOf = tables.current().revision();
        return store.load().compose(kept -> {
            if (kept.revision() < asOf && !current.isEmpty()) {
                return store.add(current);
            }
            adopt(number, kept.workers());
            return Future.succeededFuture();
        });
    }

    /** Responses can arrive out of order; the number of the request decides which one is newer. */
    private synchronized void adopt(long number, Set<WorkerId> next) {
        if (number > adoptedLoad) {
            adoptedLoad = number;
            if (!next.equals(current)) {
                current = Set.copyOf(next);
                LOG.info("Drained workers, which get no new calls: {}", current.isEmpty() ? "none" : current);
                listeners.forEach(listener -> listener.accept(current));
            }
        }
    }

    private void forgetThoseWhoLeft(RoutingTable before, RoutingTable after) {
        if (!current.isEmpty() && after.unreadable().isEmpty()) {
            Set<WorkerId> left = new HashSet<>(current);
            left.retainAll(workers(before));
            left.removeAll(workers(after));
            if (!left.isEmpty()) {
                store.remove(left)
                        .compose(v -> reconcile())
                        .onFailure(e -> LOG.debug("The drain order of {} could not be deleted", left, e));
            }
        }
    }

    private static Set<WorkerId> workers(RoutingTable table) {
        return table.models().values().stream()
                .flatMap(model -> model.workers().stream())
                .map(worker -> worker.id())
                .collect(Collectors.toSet());
    }
}
