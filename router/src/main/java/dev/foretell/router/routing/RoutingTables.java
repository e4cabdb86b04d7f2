package dev.foretell.router.routing;

import io.vertx.core.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The current {@link RoutingTable}, and the only way to change it. Thread-safe; see {@link SharedState}. */
public final class RoutingTables {
    /** Stores the table for all routers and across restarts. */
    public interface Store extends SharedState.Store<RoutingTable, RoutingChange> {}

    private final SharedState<RoutingTable, RoutingChange> state;

    public RoutingTables(Store store) {
        this(store, SharedState.Work.HERE);
    }

    public RoutingTables(Store store, SharedState.Work work) {
        this.state = new SharedState<>(store, RoutingTable.EMPTY, RoutingTable::after, "routing table", work);
    }

    public RoutingTable current() {
        return state.current();
    }

    /** Calls the listener with the table before and after each change, in order, on the thread that changes it. */
    public void onChange(BiConsumer<RoutingTable, RoutingTable> listener) {
        state.onChange(listener);
    }

    /** Changes the table; see {@link SharedState#update}. */
    public Future<RoutingTable> update(Function<RoutingTable, RoutingChange> step) {
        return state.update(step);
    }

    /** Loads the stored table; stores ours again if the store has lost its own. */
    public Future<RoutingTable> reconcile() {
        return state.reconcile();
    }
}
