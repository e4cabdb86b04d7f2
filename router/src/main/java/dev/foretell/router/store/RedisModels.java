package dev.foretell.router.store;

import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.Models;
import dev.foretell.router.models.ModelsChange;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.hash.JsonForm;
import dev.foretell.router.store.hash.JsonValues;
import dev.foretell.router.store.hash.RevisedHash;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/** The registered models in Redis: a field each. Thread-safe. */
final class RedisModels implements ModelRegistry.Store {
    static final JsonForm<RegisteredModel> FORM = new JsonForm<>(RegisteredModel.class);

    private final JsonValues<RegisteredModel> values;

    RedisModels(Vertx vertx, RedisConnection redis, Keys keys) {
        RevisedHash hash = new RevisedHash(
                vertx,
                redis,
                keys.of("models"),
                keys.of("models-revision"),
                keys.of("model-changes"),
                "model registry");
        values = new JsonValues<>(hash, FORM);
    }

    /** The unreadable entries, for people. */
    List<String> unreadable() {
        return values.unreadable();
    }

    @Override
    public Future<Models> load() {
        return values.load(Models::new);
    }

    @Override
    public Future<Void> commit(ModelsChange change) {
        return values.commit(change.base(), change.revision(), change.models());
    }

    @Override
    public Future<Void> reseed(Models all) {
        return values.reseed(all.revision(), all.byName());
    }

    @Override
    public void listen(Consumer<ModelsChange> listener) {
        values.listen(ModelsChange::new, listener);
    }
}
