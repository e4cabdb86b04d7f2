package dev.foretell.router.store;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.routing.RoutingChange;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.routing.RoutingTables;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.redisson.api.RScript.ReturnType;

/** The routing table in Redis: a hash of models, and a revision that counts its changes. Thread-safe. */
final class RedisRouting implements RoutingTables.Store {
    /** All fields and values in turn, then the revision. */
    private static final Script LOAD = new Script(ReturnType.LIST, """
                    local all = redis.call('HGETALL', KEYS[1])
                    all[#all + 1] = redis.call('GET', KEYS[2]) or '0'
                    return all
                    """);

    /** ARGV: base, next, channel, message, then fields and models in turn; an empty model is taken out. 1: done. */
    private static final Script COMMIT = new Script(ReturnType.LONG, """
                    if (tonumber(redis.call('GET', KEYS[2]) or '0') or 0) ~= tonumber(ARGV[1]) then return 0 end
                    if ARGV[1] == ARGV[2] then return 1 end
                    for i = 5, #ARGV, 2 do
                      if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[1], ARGV[i])
                      else redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
                    end
                    redis.call('SET', KEYS[2], ARGV[2])
                    redis.call('PUBLISH', ARGV[3], ARGV[4])
                    return 1
                    """);

    /** ARGV: revision, channel, message, then fields and models in turn. 1: done. */
    private static final Script RESEED = new Script(ReturnType.LONG, """
                    if (tonumber(redis.call('GET', KEYS[2]) or '0') or 0) >= tonumber(ARGV[1]) then return 0 end
                    redis.call('DEL', KEYS[1])
                    for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
                    redis.call('SET', KEYS[2], ARGV[1])
                    redis.call('PUBLISH', ARGV[2], ARGV[3])
                    return 1
                    """);

    private final Vertx vertx;
    private final RedisConnection redis;
    private final List<String> keys;
    private final String channel;
    private final Unreadable unreadable;

    RedisRouting(Vertx vertx, RedisConnection redis, Keys keys) {
        this.vertx = vertx;
        this.redis = redis;
        this.keys = List.of(keys.of("map"), keys.of("revision"));
        this.channel = keys.of("changes");
        this.unreadable = new Unreadable(keys.of("map"));
    }

    @Override
    public Future<RoutingTable> load() {
        return redis.<List<String>>run(LOAD, keys).compose(all -> vertx.executeBlocking(() -> table(all), false));
    }

    private RoutingTable table(List<String> all) {
        int last = all.size() - 1;
        Map<ModelKey, RoutingMap.Model> models = new HashMap<>();
        for (int i = 0; i < last; i += 2) {
            String field = all.get(i);
            String json = all.get(i + 1);
            unreadable
                    .read(field, () -> Map.entry(Fields.model(field), RoutingMap.Model.parse(json)))
                    .ifPresent(model -> models.put(model.getKey(), model.getValue()));
        }
        return new RoutingTable(
                unreadable.read("revision", () -> Long.valueOf(all.get(last))).orElse(0L), models);
    }

    @Override
    public Future<Void> commit(RoutingChange change) {
        return step(COMMIT, () -> {
            List<Object> arguments =
                    new ArrayList<>(List.of(change.base(), change.revision(), channel, ChangeMessage.write(change)));
            change.models().forEach((key, model) -> {
                arguments.add(key.toString());
                arguments.add(model.map(RoutingMap.Model::toJson).orElse(""));
            });
            return arguments;
        });
    }

    @Override
    public Future<Void> reseed(RoutingTable table) {
        return step(RESEED, () -> {
            List<Object> arguments =
                    new ArrayList<>(List.of(table.revision(), channel, ChangeMessage.reload(table.revision())));
            table.models().forEach((key, model) -> {
                arguments.add(key.toString());
                arguments.add(model.toJson());
            });
            return arguments;
        });
    }

    /** The arguments may be megabytes of JSON: they are written, like a table is read, off the event loop. */
    private Future<Void> step(Script script, Callable<List<Object>> arguments) {
        return vertx.executeBlocking(arguments, false)
                .compose(written -> redis.<Long>run(script, keys, written.toArray()))
                .compose(done -> done == 1 ? Future.succeededFuture() : Future.failedFuture(conflict()));
    }

    private static ServingException conflict() {
        return new ServingException(FailureKind.CONFLICT, "the routing table was changed by another router");
    }

    @Override
    public void listen(Consumer<RoutingChange> listener) {
        Unreadable messages = new Unreadable(channel);
        redis.subscribe(
                channel,
                message -> messages.read("message", () -> ChangeMessage.read(message))
                        .ifPresent(listener));
    }
}
