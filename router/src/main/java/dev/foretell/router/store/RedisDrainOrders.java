package dev.foretell.router.store;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.connection.Script;
import dev.foretell.router.store.hash.Fields;
import dev.foretell.router.store.hash.ReadableCheck;
import dev.foretell.router.store.hash.StoredRevision;
import dev.foretell.router.store.hash.Unreadable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.redisson.api.RScript.ReturnType;

/** Drain orders in Redis: a set of workers. Each change is published on its own topic. Thread-safe. */
final class RedisDrainOrders implements DrainOrders.Store {
    /** Returns all members, then the revision of the routing table. */
    private static final Script LOAD = new Script(ReturnType.LIST, StoredRevision.IN_LUA + """
                    local all = redis.call('SMEMBERS', KEYS[1])
                    all[#all + 1] = kept
                    return all
                    """);

    /** ARGV: channel, then workers. */
    private static final Script ADD = new Script(ReturnType.LONG, """
                    for i = 2, #ARGV do redis.call('SADD', KEYS[1], ARGV[i]) end
                    redis.call('PUBLISH', ARGV[1], 'changed')
                    return 1
                    """);

    /** ARGV: channel, then workers. */
    private static final Script REMOVE = new Script(ReturnType.LONG, """
                    for i = 2, #ARGV do redis.call('SREM', KEYS[1], ARGV[i]) end
                    redis.call('PUBLISH', ARGV[1], 'changed')
                    return 1
                    """);

    private final RedisConnection redis;
    private final List<String> keys;
    private final String channel;
    private final Unreadable unreadable;

    RedisDrainOrders(RedisConnection redis, Keys keys) {
        this.redis = redis;
        this.keys = List.of(keys.of("draining"), keys.of("revision"));
        this.channel = keys.of("drain-orders");
        this.unreadable = new Unreadable(keys.of("draining"));
    }

    @Override
    public Future<DrainOrders.Kept> load() {
        return redis.<List<String>>read(LOAD, keys).map(this::parse);
    }

    private DrainOrders.Kept parse(List<String> all) {
        int last = all.size() - 1;
        Set<WorkerId> workers = new HashSet<>();
        all.subList(0, last)
                .forEach(member ->
                        unreadable.read(member, () -> Fields.worker(member)).ifPresent(workers::add));
        return new DrainOrders.Kept(
                workers,
                unreadable
                        .read("revision", () -> StoredRevision.parse(all.get(last)))
                        .orElse(0L));
    }

    @Override
    public Future<Void> add(Set<WorkerId> workers) {
        return Future.succeededFuture().map(start -> members(workers)).compose(members -> change(ADD, members));
    }

    @Override
    public Future<Void> remove(Set<WorkerId> workers) {
        return change(REMOVE, workers.stream().map(WorkerId::toString).toList());
    }

    private static List<String> members(Set<WorkerId> workers) {
        return workers.stream()
                .map(worker -> ReadableCheck.text(worker, WorkerId::toString, Fields::worker))
                .toList();
    }

    private Future<Void> change(Script script, List<String> members) {
        List<Object> arguments = new ArrayList<>(List.of(channel));
        arguments.addAll(members);
        return redis.<Long>write(script, keys, arguments.toArray()).mapEmpty();
    }

    @Override
    public void listen(Runnable changed) {
        redis.subscribe(channel, message -> changed.run());
    }
}
