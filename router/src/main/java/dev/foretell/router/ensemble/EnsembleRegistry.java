package dev.foretell.router.ensemble;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.routing.SharedState;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Holds the ensembles in a volatile snapshot, and changes them. Thread-safe; see {@link SharedState}. */
public final class EnsembleRegistry {
    /** Keeps the ensembles for all routers and over restarts. */
    public interface Store extends SharedState.Store<Ensembles, EnsemblesChange> {}

    private final SharedState<Ensembles, EnsemblesChange> state;

    public EnsembleRegistry(Store store, SharedState.Work work) {
        this.state = new SharedState<>(store, Ensembles.NONE, Ensembles::after, "ensembles", work);
    }

    public Ensembles current() {
        return state.current();
    }

    /** Calls the listener with the state before and after each change, in order, on the thread that makes the change. */
    public void onChange(BiConsumer<Ensembles, Ensembles> listener) {
        state.onChange(listener);
    }

    /**
     * Adds an ensemble, or replaces the one with its name. Fails if it would be nested in itself or too deep, or if its type
     * changes while it is a member of another.
     */
    public Future<Ensembles> put(Ensemble ensemble) {
        return state.update(all -> all.put(ensemble));
    }

    /** Removes an ensemble, or an unreadable entry. Fails if it does not exist, or if another ensemble needs it. */
    public Future<Ensembles> remove(String name) {
        return state.update(all -> all.remove(name));
    }

    /** Loads the state of the store; if the store has lost its state, stores ours again. */
    public Future<Ensembles> reconcile() {
        return state.reconcile();
    }

    /** The ensembles that have a member of one of these names, each like {@code ensemble 'price'}. */
    public List<String> usersOf(Set<String> models) {
        return current().byName().values().stream()
                .filter(ensemble -> ensemble.members().stream().map(Member::id).anyMatch(models::contains))
                .map(ensemble -> "ensemble '" + ensemble.name() + "'")
                .toList();
    }

    /** @throws ServingException {@link FailureKind#CONFLICT} if an ensemble already has this name */
    public void requireFree(ModelKey model) {
        if (current().has(model)) {
            throw new ServingException(
                    FailureKind.CONFLICT, model + " is an ensemble: no model can have that name; choose another");
        }
    }
}
