package dev.foretell.router.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.foretell.commons.json.Json;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.Models;
import dev.foretell.router.models.ModelsChange;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The registered models in Redis: one field per model. Thread-safe. */
final class RedisModels implements ModelRegistry.Store {
    /** Ignores unknown fields: a newer router may have written more. */
    private static final ObjectReader READER =
            Json.MAPPER.readerFor(RegisteredModel.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final RevisedHash hash;

    RedisModels(Vertx vertx, RedisConnection redis, Keys keys) {
        this.hash = new RevisedHash(
                vertx,
                redis,
                keys.of("models"),
                keys.of("models-revision"),
                keys.of("model-changes"),
                "model registry");
    }

    static RegisteredModel read(String json) {
        try {
            return READER.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a registered model", e);
        }
    }

    static String json(RegisteredModel model) {
        return ReadableCheck.text(model, Json::writeText, RedisModels::read);
    }

    /** The unreadable entries, for people. */
    List<String> unreadable() {
        return hash.unreadable().names();
    }

    @Override
    public Future<Models> load() {
        return hash.load(content -> {
            Map<String, RegisteredModel> models = hash.read(content, (name, json) -> read(json));
            return new Models(content.revision(), models, hash.unreadable().fields());
        });
    }

    @Override
    public Future<Void> commit(ModelsChange change) {
        return hash.commit(() -> {
            Map<String, Optional<String>> fields = new HashMap<>();
            change.models().forEach((name, model) -> fields.put(name, model.map(RedisModels::json)));
            return new HashChange(change.base(), change.revision(), fields);
        });
    }

    @Override
    public Future<Void> reseed(Models models) {
        return hash.reseed(() -> {
            Map<String, String> fields = new HashMap<>();
            models.byName().forEach((name, model) -> fields.put(name, json(model)));
            return new RevisedHash.Content(models.revision(), fields);
        });
    }

    @Override
    public void listen(Consumer<ModelsChange> listener) {
        hash.listen(
                change -> {
                    Map<String, Optional<RegisteredModel>> models = new HashMap<>();
                    change.fields().forEach((name, json) -> models.put(name, json.map(RedisModels::read)));
                    return new ModelsChange(change.base(), models);
                },
                listener);
    }
}
