package dev.foretell.router.ensemble;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.routing.SharedState;
import io.vertx.core.Future;
import java.util.function.BiConsumer;

/** The ensembles, one volatile read away, and the only way to change them. Thread-safe; see {@link SharedState}. */
public final class EnsembleRegistry {
    /** Where they are kept for all routers and over restarts. */
    public interface Store extends SharedState.Store<Ensembles, EnsemblesChange> {}

    private final SharedState<Ensembles, EnsemblesChange> state;

    public EnsembleRegistry(Store store, SharedState.Work work) {
        this.state = new SharedState<>(store, Ensembles.NONE, Ensembles::after, "ensembles", work);
    }

    public Ensembles current() {
        return state.current();
    }

    /** Calls the listener with what was before and after each change, in order, on the thread that changes it. */
    public void onChange(BiConsumer<Ensembles, Ensembles> listener) {
        state.onChange(listener);
    }

    /** Adds an ensemble, or replaces the one of its name; fails where it would be nested in itself or too deep. */
    public Future<Ensembles> put(Ensemble ensemble) {
        return state.update(all -> all.put(ensemble));
    }

    /** Removes an ensemble, or an entry that cannot be read; fails where there is none, or where another needs it. */
    public Future<Ensembles> remove(String name) {
        return state.update(all -> all.remove(name));
    }

    /** Takes over what the store has; gives the store ours if it has lost its own. */
    public Future<Ensembles> reconcile() {
        return state.reconcile();
    }

    /** @throws ServingException {@link FailureKind#CONFLICT} where an ensemble has the name that a model is to have */
    public void requireFree(ModelKey model) {
        if (current().has(model)) {
            throw new ServingException(
                    FailureKind.CONFLICT, model + " is an ensemble: no model can have that name; choose another");
        }
    }
}
