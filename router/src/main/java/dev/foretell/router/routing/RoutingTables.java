package dev.foretell.router.routing;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current {@link RoutingTable}, one volatile read away, and the only way to change it: through the {@link Store},
 * which all routers share. Thread-safe. Reading never waits; while the store is away the last table stays.
 */
public final class RoutingTables {
    private static final Logger LOG = LoggerFactory.getLogger(RoutingTables.class);
    private static final int MOST_TRIES = 8;
    private static final int MOST_WAITING = 1000;

    /** Where the table is kept for all routers and over restarts. */
    public interface Store {
        /** The whole table as it is kept now; fails with {@link FailureKind#STATE_STORE_UNAVAILABLE}. */
        Future<RoutingTable> load();

        /**
         * Keeps a change and tells the other routers, all or nothing. An empty change only checks the revision. Fails with
         * {@link FailureKind#CONFLICT} if the kept revision is not the change's base, or with
         * {@link FailureKind#STATE_STORE_UNAVAILABLE}.
         */
        Future<Void> commit(RoutingChange change);

        /** Keeps this table if the store has lost its own (its revision is lower): else {@link FailureKind#CONFLICT}. */
        Future<Void> reseed(RoutingTable table);

        /** Calls the listener with each change any router commits, this one's own too; some may go missing. */
        void listen(Consumer<RoutingChange> listener);
    }

    private final Store store;
    private final List<BiConsumer<RoutingTable, RoutingTable>> listeners = new CopyOnWriteArrayList<>();
    private final Object turns = new Object();
    private volatile RoutingTable current = RoutingTable.EMPTY;
    private Future<?> lastUpdate = Future.succeededFuture();
    private int waiting;

    public RoutingTables(Store store) {
        this.store = store;
        store.listen(this::heard);
    }

    public RoutingTable current() {
        return current;
    }

    /** Calls the listener with the table before and after each change, in order, on the thread that changes it. */
    public void onChange(BiConsumer<RoutingTable, RoutingTable> listener) {
        listeners.add(listener);
    }

    /**
     * Changes the table; worked out anew if another router was first. Updates of one router follow one another. Returns the
     * table that came of it; fails with {@link FailureKind#SHED} when too many wait.
     */
    public Future<RoutingTable> update(Function<RoutingTable, RoutingChange> step) {
        synchronized (turns) {
            if (waiting >= MOST_WAITING) {
                return Future.failedFuture(
                        new ServingException(FailureKind.SHED, "too many changes of the routing map wait already"));
            }
            waiting++;
            Future<RoutingTable> updated = lastUpdate.transform(done -> update(step, MOST_TRIES));
            lastUpdate = updated.onComplete(done -> leaveQueue());
            return updated;
        }
    }

    private void leaveQueue() {
        synchronized (turns) {
            waiting--;
        }
    }

    private Future<RoutingTable> update(Function<RoutingTable, RoutingChange> step, int tries) {
        RoutingTable base = current;
        return Future.succeededFuture(base)
                .map(step::apply)
                .compose(change -> store.commit(change)
                        .map(committed -> adoptChange(base, change))
                        .recover(failure -> isConflict(failure) && tries > 1
                                ? reconcile().compose(reloaded -> update(step, tries - 1))
                                : Future.failedFuture(failure)));
    }

    /** Takes over what the store has; gives the store ours if it has lost its own. */
    public Future<RoutingTable> reconcile() {
        return store.load()
                .compose(kept ->
                        kept.revision() >= current.revision() ? Future.succeededFuture(adopt(kept)) : restore());
    }

    private Future<RoutingTable> restore() {
        RoutingTable ours = current;
        LOG.warn("The state store has lost the routing table; giving it back revision {}", ours.revision());
        return store.reseed(ours).map(ours);
    }

    private void heard(RoutingChange change) {
        RoutingTable base = current;
        if (change.base() == base.revision()) {
            adoptChange(base, change);
        } else if (change.revision() > base.revision()) {
            reconcile().onFailure(e -> LOG.debug("Could not reload the routing table", e));
        }
    }

    private RoutingTable adoptChange(RoutingTable base, RoutingChange change) {
        return change.isEmpty() ? current : adopt(base.after(change));
    }

    /** Swaps in a newer table; an older or equal one is left alone, so that late news never turns time back. */
    private synchronized RoutingTable adopt(RoutingTable next) {
        RoutingTable before = current;
        if (next.revision() > before.revision()) {
            current = next;
            LOG.info(
                    "Routing table revision {}: {} models",
                    next.revision(),
                    next.models().size());
            listeners.forEach(listener -> listener.accept(before, next));
        }
        return current;
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof ServingException serving && serving.kind() == FailureKind.CONFLICT;
    }
}
