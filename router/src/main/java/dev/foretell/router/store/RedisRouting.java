package dev.foretell.router.store;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.routing.RoutingChange;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.hash.Fields;
import dev.foretell.router.store.hash.HashChange;
import dev.foretell.router.store.hash.ReadableCheck;
import dev.foretell.router.store.hash.RevisedHash;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The routing table in Redis: one field per model. Thread-safe. */
final class RedisRouting implements RoutingTables.Store {
    private final RevisedHash hash;

    RedisRouting(Vertx vertx, RedisConnection redis, Keys keys) {
        this.hash =
                new RevisedHash(vertx, redis, keys.of("map"), keys.of("revision"), keys.of("changes"), "routing table");
    }

    @Override
    public Future<RoutingTable> load() {
        return hash.load(this::table);
    }

    private RoutingTable table(RevisedHash.Content content) {
        Map<ModelKey, RoutingMap.Model> models = new HashMap<>();
        hash.read(content, (field, json) -> Map.entry(Fields.model(field), RoutingMap.Model.parse(json)))
                .values()
                .forEach(model -> models.put(model.getKey(), model.getValue()));
        return new RoutingTable(content.revision(), models, hash.unreadable().fields());
    }

    private static String json(RoutingMap.Model model) {
        return ReadableCheck.text(model, RoutingMap.Model::toJson, RoutingMap.Model::parse);
    }

    /** The unreadable entries, for people. */
    List<String> unreadable() {
        return hash.unreadable().names();
    }

    @Override
    public Future<Void> commit(RoutingChange change) {
        return hash.commit(() -> {
            Map<String, Optional<String>> fields = new HashMap<>();
            change.models().forEach((key, model) -> fields.put(key.toString(), model.map(RedisRouting::json)));
            return new HashChange(change.base(), change.revision(), fields);
        });
    }

    @Override
    public Future<Void> reseed(RoutingTable table) {
        return hash.reseed(() -> {
            Map<String, String> fields = new HashMap<>();
            table.models().forEach((key, model) -> fields.put(key.toString(), json(model)));
            return new RevisedHash.Content(table.revision(), fields);
        });
    }

    @Override
    public void listen(Consumer<RoutingChange> listener) {
        hash.listen(RedisRouting::change, listener);
    }

    private static RoutingChange change(HashChange change) {
        Map<ModelKey, Optional<RoutingMap.Model>> models = new HashMap<>();
        change.fields().forEach((field, json) -> models.put(Fields.model(field), json.map(RoutingMap.Model::parse)));
        return new RoutingChange(change.base(), models);
    }
}
