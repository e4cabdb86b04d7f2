package dev.foretell.router.models;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.routing.SharedState;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    /** Who needs models by names such as {@code AI/iris:2}: ensembles. */
    public interface Users {
        /** Those that need one of these names, such as {@code ensemble 'price'}. */
        List<String> of(Set<String> names);
    }

    private volatile Consumer<ModelKey> nameCheck = name -> {};
    private volatile Users users = names -> List.of();

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
     * not exist. A version or an alias that somebody needs stays: {@link FailureKind#CONFLICT}.
     */
    public Future<Models> update(String name, UnaryOperator<Optional<RegisteredModel>> step) {
        return state.update(models -> models.change(name, before -> {
            Optional<RegisteredModel> after = step.apply(before);
            after.filter(model -> before.isEmpty()).map(RegisteredModel::key).ifPresent(nameCheck);
            after.ifPresent(model -> before.ifPresent(old -> requireUnused(old, model)));
            return after;
        }));
    }

    private void requireUnused(RegisteredModel before, RegisteredModel after) {
        Set<String> gone = new TreeSet<>(before.names());
        gone.removeAll(after.names());
        List<String> needed = gone.isEmpty() ? List.of() : users.of(gone);
        if (!needed.isEmpty()) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    String.join(", ", gone) + " is a member of " + String.join(", ", needed)
                            + ": take it out there first");
        }
    }

    /** Who needs a model, one of its versions, or one of its aliases. */
    public List<String> users(RegisteredModel model) {
        return users.of(model.names());
    }

    /** From now on these are asked before a version or an alias goes. */
    public void askBeforeRemoval(Users needing) {
        users = needing;
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
        return versionOf(version).map(ModelVersion::sample).orElse(null);
    }

    /** The version with a key like {@code AI/iris:2}. */
    public Optional<ModelVersion> versionOf(ModelKey version) {
        RegisteredModel model = current().byName().get(version.base().name());
        return model == null || !version.isVersion()
                ? Optional.empty()
                : model.versions().values().stream()
                        .filter(one -> model.key().version(one.number()).equals(version))
                        .findFirst();
    }

    /** Loads the stored models; stores ours again if the store has lost its own. */
    public Future<Models> reconcile() {
        return state.reconcile();
    }
}
