package dev.foretell.router.store;

import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.connection.Script;
import dev.foretell.router.store.hash.Fields;
import dev.foretell.router.store.hash.ReadableCheck;
import dev.foretell.router.store.hash.Unreadable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.redisson.api.RScript.ReturnType;

/**
 * Renewals of leases in Redis: a sorted set by the number of the last renewal, the counter of that number, and a hash
 * of epochs. It stores no times: each reader uses the time at which it first saw a number. Thread-safe.
 */
final class RedisLeases implements Leases.Store {
    /** ARGV: the epoch, or an empty text, then leases. */
    private static final Script RENEW = new Script(ReturnType.LONG, """
                    local last = redis.call('INCRBY', KEYS[2], #ARGV - 1)
                    for i = 2, #ARGV do
                      redis.call('ZADD', KEYS[1], last - #ARGV + i, ARGV[i])
                      if ARGV[1] ~= '' then redis.call('HSET', KEYS[3], ARGV[i], ARGV[1]) end
                    end
                    return last
                    """);

    /**
     * Returns the highest number of all, then leases with their numbers and epochs in turn. ARGV: the number before the
     * first one, the maximum count.
     */
    private static final Script AFTER = new Script(ReturnType.LIST, """
                    local found = redis.call(
                      'ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
                    local all = {redis.call('GET', KEYS[2]) or '0'}
                    for i = 1, #found, 2 do
                      all[#all + 1] = found[i]
                      all[#all + 1] = string.format('%.0f', found[i + 1])
                      all[#all + 1] = redis.call('HGET', KEYS[3], found[i]) or ''
                    end
                    return all
                    """);

    /** ARGV: leases and their numbers in turn; an empty number matches any. */
    private static final Script FORGET = new Script(ReturnType.LONG, """
                    for i = 1, #ARGV, 2 do
                      local number = redis.call('ZSCORE', KEYS[1], ARGV[i])
                      if number and (ARGV[i + 1] == '' or tonumber(number) == tonumber(ARGV[i + 1])) then
                        redis.call('ZREM', KEYS[1], ARGV[i])
                        redis.call('HDEL', KEYS[3], ARGV[i])
                      end
                    end
                    return 1
                    """);

    private static final int MAX_AT_ONCE = 2000;

    private final RedisConnection redis;
    private final List<String> keys;
    private final Unreadable unreadable;

    RedisLeases(RedisConnection redis, Keys keys) {
        this.redis = redis;
        this.keys = List.of(keys.of("renewals"), keys.of("renewal"), keys.of("epochs"));
        this.unreadable = new Unreadable(keys.of("renewals"));
    }

    @Override
    public Future<Void> renew(Set<LeaseKey> leases, String epoch) {
        return leases.isEmpty()
                ? Future.succeededFuture()
                : Future.succeededFuture()
                        .map(start -> renewal(leases, epoch))
                        .compose(arguments -> redis.write(RENEW, keys, arguments))
                        .mapEmpty();
    }

    private static Object[] renewal(Set<LeaseKey> leases, String epoch) {
        List<Object> arguments = new ArrayList<>(List.of(ReadableCheck.text(epoch)));
        leases.forEach(lease -> arguments.add(ReadableCheck.text(lease, LeaseKey::toString, Fields::lease)));
        return arguments.toArray();
    }

    /** Reads, but is treated as a write: while nobody can write, nobody can renew. */
    @Override
    public Future<Leases.Renewals> after(long number) {
        return redis.<List<String>>write(AFTER, keys, number, MAX_AT_ONCE).compose(this::renewals);
    }

    /** Deletes entries that cannot be read, so that they do not block the others. */
    private Future<Leases.Renewals> renewals(List<String> found) {
        List<Leases.Renewal> renewals = new ArrayList<>();
        List<Object> spoilt = new ArrayList<>();
        for (int i = 1; i < found.size(); i += 3) {
            String field = found.get(i);
            long number = Long.parseLong(found.get(i + 1));
            String epoch = found.get(i + 2);
            unreadable
                    .read(field, () -> new Leases.Renewal(Fields.lease(field), number, epoch))
                    .ifPresentOrElse(renewals::add, () -> spoilt.addAll(List.of(field, "")));
        }
        boolean isAll = found.size() < 1 + 3 * MAX_AT_ONCE;
        long last = unreadable.read("renewal", () -> Long.valueOf(found.get(0))).orElse(0L);
        return change(FORGET, spoilt).map(new Leases.Renewals(renewals, last, isAll));
    }

    @Override
    public Future<Void> forget(Map<LeaseKey, Long> leases) {
        List<Object> arguments = new ArrayList<>();
        leases.forEach((lease, number) -> arguments.addAll(List.of(lease.toString(), number)));
        return change(FORGET, arguments);
    }

    private Future<Void> change(Script script, List<Object> arguments) {
        return arguments.isEmpty()
                ? Future.succeededFuture()
                : redis.write(script, keys, arguments.toArray()).mapEmpty();
    }
}
