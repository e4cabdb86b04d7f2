package dev.foretell.router.routing;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A routing store in memory, as other routers would see it too; holds its answers back where told to. */
final class MemoryStore implements RoutingTables.Store {
    final List<Consumer<RoutingChange>> listeners = new ArrayList<>();
    RoutingTable kept = RoutingTable.EMPTY;
    boolean away;
    boolean silent;
    int commits;
    List<Promise<Void>> heldBack = new ArrayList<>();
    boolean holdsBack;

    @Override
    public Future<RoutingTable> load() {
        return away ? failed(FailureKind.STATE_STORE_UNAVAILABLE) : Future.succeededFuture(kept);
    }

    @Override
    public Future<Void> commit(RoutingChange change) {
        commits++;
        if (holdsBack) {
            Promise<Void> later = Promise.promise();
            heldBack.add(later);
            return later.future().compose(v -> commitNow(change));
        }
        return commitNow(change);
    }

    private Future<Void> commitNow(RoutingChange change) {
        if (away) {
            return failed(FailureKind.STATE_STORE_UNAVAILABLE);
        }
        if (change.base() != kept.revision()) {
            return failed(FailureKind.CONFLICT);
        }
        kept = kept.after(change);
        if (!silent && !change.isEmpty()) {
            listeners.forEach(listener -> listener.accept(change));
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> reseed(RoutingTable table) {
        if (table.revision() <= kept.revision()) {
            return failed(FailureKind.CONFLICT);
        }
        kept = table;
        return Future.succeededFuture();
    }

    @Override
    public void listen(Consumer<RoutingChange> listener) {
        listeners.add(listener);
    }

    private static <T> Future<T> failed(FailureKind kind) {
        return Future.failedFuture(new ServingException(kind, "as told"));
    }
}
