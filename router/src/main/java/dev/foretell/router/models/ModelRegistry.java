package dev.foretell.router.models;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.routing.SharedState;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The registered models, one volatile read away, and the only way to change them. Thread-safe; see {@link SharedState}.
 */
public final class ModelRegistry {
    /** Stores the models for all routers and across restarts. */
    public interface Store extends SharedState.Store<Models, ModelsChange> {}

    private final SharedState<Models, ModelsChange> state;
    private volatile Consumer<ModelKey> nameCheck = name -> {};

    public ModelRegistry(Store store) {
        this(store, SharedState.Work.HERE);
    }

    public ModelRegistry(Store store, SharedState.Work work) {
        this.state = new SharedState<>(store, Models.NONE, Models::after, "model registry", work);
    }

    public Models current() {
        return state.current();
    }

    /** Calls the listener with the models before and after each change, in order, on the thread that changes them. */
    public void onChange(BiConsumer<Models, Models> listener) {
        state.onChange(listener);
    }

    /**
     * Changes one model; computes the change again if another router was faster. A step that refuses the change throws
     * a {@link dev.foretell.commons.failure.ServingException}, which fails the future. Empty means that the model does
     * not exist.
     */
    public Future<Models> update(String name, UnaryOperator<Optional<RegisteredModel>> step) {
        return state.update(models -> models.change(name, before -> {
            Optional<RegisteredModel> after = step.apply(before);
            after.filter(model -> before.isEmpty()).map(RegisteredModel::key).ifPresent(nameCheck);
            return after;
        }));
    }

    /** Asks whether the name of a new model is free: throws where it is not. */
    public void checkNames(Consumer<ModelKey> check) {
        nameCheck = check;
    }

    /** Throws where the name of a new model is not free. */
    public void requireFree(ModelKey name) {
        nameCheck.accept(name);
    }

    /** Deletes an entry that cannot be read. */
    public Future<Models> removeUnreadable(String name) {
        return state.update(models -> models.withoutUnreadable(name));
    }

    /** The warm-up sample of a version, given by a key like {@code AI/iris:2}; null if it has none. */
    public @Nullable String sampleOf(ModelKey version) {
        RegisteredModel model = current().byName().get(version.base().name());
        return model == null || version.name().indexOf(':') < 0
                ? null
                : model.versions().values().stream()
                        .filter(one -> model.key().version(one.number()).equals(version))
                        .findFirst()
                        .map(ModelVersion::sample)
                        .orElse(null);
    }

    /** Loads the stored models; stores ours again if the store has lost its own. */
    public Future<Models> reconcile() {
        return state.reconcile();
    }
}
