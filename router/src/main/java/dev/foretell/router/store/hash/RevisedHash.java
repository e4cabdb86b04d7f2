package dev.foretell.router.store.hash;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.connection.Script;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.redisson.api.RScript.ReturnType;

/**
 * A hash in Redis with a revision that counts its changes. Each change is atomic and published on a topic. Thread-safe.
 */
public final class RevisedHash {
    /** Returns all fields and values in turn, then the revision. */
    private static final Script LOAD = new Script(ReturnType.LIST, StoredRevision.IN_LUA + """
                    local all = redis.call('HGETALL', KEYS[1])
                    all[#all + 1] = kept
                    return all
                    """);

    /**
     * ARGV: base, next, channel, message, then fields and values in turn; an empty value removes the field. Returns 1
     * if the change was made.
     */
    private static final Script COMMIT = new Script(ReturnType.LONG, StoredRevision.IN_LUA + """
                    if at ~= tonumber(ARGV[1]) then return 0 end
                    if ARGV[1] == ARGV[2] then return 1 end
                    for i = 5, #ARGV, 2 do
                      if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[1], ARGV[i])
                      else redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
                    end
                    redis.call('SET', KEYS[2], ARGV[2])
                    redis.call('PUBLISH', ARGV[3], ARGV[4])
                    return 1
                    """);

    /**
     * ARGV: revision, channel, message, the number of fields to leave unchanged, these fields, then fields and values
     * in turn. Returns 1 if the change was made.
     */
    private static final Script RESEED = new Script(ReturnType.LONG, StoredRevision.IN_LUA + """
                    if at >= tonumber(ARGV[1]) then return 0 end
                    local stays = {}
                    for i = 5, 4 + ARGV[4] do stays[ARGV[i]] = true end
                    for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
                      if not stays[field] then redis.call('HDEL', KEYS[1], field) end
                    end
                    for i = 5 + ARGV[4], #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
                    redis.call('SET', KEYS[2], ARGV[1])
                    redis.call('PUBLISH', ARGV[2], ARGV[3])
                    return 1
                    """);

    /** The hash at one revision. */
    public record Content(long revision, Map<String, String> fields) {}

    private final Vertx vertx;
    private final RedisConnection redis;
    private final List<String> keys;
    private final String channel;
    private final String what;
    private final Unreadable unreadable;

    /** @param what the content for people: {@code routing table} */
    public RevisedHash(Vertx vertx, RedisConnection redis, String hash, String revision, String channel, String what) {
        this.vertx = vertx;
        this.redis = redis;
        this.keys = List.of(hash, revision);
        this.channel = channel;
        this.what = what;
        this.unreadable = new Unreadable(hash);
    }

    /** Reads the whole hash; {@code reader} runs outside the event loop, because there may be megabytes. */
    public <T> Future<T> load(Function<Content, T> reader) {
        return redis.<List<String>>read(LOAD, keys)
                .onComplete(tried -> unreadable.recordRead(tried.cause()))
                .compose(all -> vertx.executeBlocking(() -> reader.apply(content(all)), false));
    }

    private Content content(List<String> all) {
        int last = all.size() - 1;
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < last; i += 2) {
            fields.put(all.get(i), all.get(i + 1));
        }
        return new Content(
                unreadable
                        .read("revision", () -> StoredRevision.parse(all.get(last)))
                        .orElse(0L),
                fields);
    }

    /** The fields that cannot be read. */
    public Unreadable unreadable() {
        return unreadable;
    }

    /** Reads each field and records the unreadable ones. */
    public <V> Map<String, V> read(Content content, BiFunction<String, String, V> reader) {
        Map<String, V> values = new HashMap<>();
        Set<String> spoilt = new HashSet<>();
        content.fields()
                .forEach((field, json) -> unreadable
                        .read(field, () -> reader.apply(field, json))
                        .ifPresentOrElse(value -> values.put(field, value), () -> spoilt.add(field)));
        unreadable.record(spoilt);
        return values;
    }

    /** Computes {@code change} outside the event loop. Fails with {@link FailureKind#CONFLICT} on another base. */
    public Future<Void> commit(Callable<HashChange> change) {
        return step(COMMIT, () -> {
            HashChange wanted = change.call();
            List<Object> arguments =
                    new ArrayList<>(List.of(wanted.base(), wanted.revision(), channel, wanted.message()));
            wanted.fields().forEach((field, json) -> {
                arguments.add(field);
                arguments.add(json.orElse(""));
            });
            return arguments;
        });
    }

    /**
     * Stores this content, next to the unreadable fields, unless the hash has an equal or newer revision: then {@link
     * FailureKind#CONFLICT}.
     */
    public Future<Void> reseed(Callable<Content> content) {
        return step(RESEED, () -> {
            Content ours = content.call();
            Set<String> stay = new HashSet<>(unreadable.fields());
            stay.removeAll(ours.fields().keySet());
            List<Object> arguments =
                    new ArrayList<>(List.of(ours.revision(), channel, HashChange.reload(ours.revision()), stay.size()));
            arguments.addAll(stay);
            ours.fields().forEach((field, json) -> {
                arguments.add(field);
                arguments.add(json);
            });
            return arguments;
        });
    }

    private Future<Void> step(Script script, Callable<List<Object>> arguments) {
        return vertx.executeBlocking(arguments, false)
                .compose(written -> redis.<Long>write(script, keys, written.toArray()))
                .compose(done -> done == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ServingException(
                                FailureKind.CONFLICT, "the " + what + " was changed by another router")));
    }

    public <C> void listen(Function<HashChange, C> reader, Consumer<C> listener) {
        Unreadable messages = new Unreadable(channel);
        redis.subscribe(
                channel,
                message -> messages.read("message", () -> reader.apply(HashChange.read(message)))
                        .ifPresent(listener));
    }
}
