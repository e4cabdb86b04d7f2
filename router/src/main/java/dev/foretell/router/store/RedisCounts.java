package dev.foretell.router.store;

import dev.foretell.router.counts.CountKey;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.connection.Script;
import dev.foretell.router.store.hash.Fields;
import dev.foretell.router.store.hash.Unreadable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.redisson.api.RScript.ReturnType;

/**
 * Counts in Redis: a hash of totals, and the last sequence number of each router process, so that nothing is added
 * twice. Thread-safe.
 */
final class RedisCounts implements RequestCounts.Store {
    private static final Script LOAD = new Script(ReturnType.LIST, "return redis.call('HGETALL', KEYS[1])");

    /**
     * Returns the new totals. ARGV: this router process, sequence, then counts and additions in turn. A total that is
     * not a number starts again. With its first sequence, a process deletes those that have been silent for a day.
     */
    private static final Script ADD = new Script(ReturnType.LIST, """
                    local now = tonumber(redis.call('TIME')[1])
                    local last = redis.call('HGET', KEYS[2], ARGV[1])
                    if not last then
                      local all = redis.call('HGETALL', KEYS[2])
                      for i = 1, #all, 2 do
                        local at = tonumber(string.match(all[i + 1], '@(%d+)$'))
                        if not at or at < now - 86400 then redis.call('HDEL', KEYS[2], all[i]) end
                      end
                    end
                    local fresh = tonumber(ARGV[2]) > (tonumber(string.match(last or '', '^(%-?%d+)@')) or -math.huge)
                    local totals = {}
                    for i = 3, #ARGV, 2 do
                      local total = redis.pcall('HINCRBY', KEYS[1], ARGV[i], fresh and ARGV[i + 1] or 0)
                      if type(total) == 'table' then
                        total = fresh and ARGV[i + 1] or 0
                        redis.call('HSET', KEYS[1], ARGV[i], total)
                      end
                      totals[#totals + 1] = string.format('%.0f', total)
                    end
                    if fresh then redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. '@' .. string.format('%.0f', now)) end
                    return totals
                    """);

    /** ARGV: counts, each followed by the count that it is added to. */
    private static final Script FOLD = new Script(ReturnType.LONG, """
                    for i = 1, #ARGV, 2 do
                      local count = redis.call('HGET', KEYS[1], ARGV[i])
                      if count then
                        redis.pcall('HINCRBY', KEYS[1], ARGV[i + 1], count)
                        redis.call('HDEL', KEYS[1], ARGV[i])
                      end
                    end
                    return 1
                    """);

    private final RedisConnection redis;
    private final List<String> keys;
    private final Unreadable unreadable;
    private final String self = UUID.randomUUID().toString();

    RedisCounts(RedisConnection redis, Keys keys) {
        this.redis = redis;
        this.keys = List.of(keys.of("counts"), keys.of("flushes"));
        this.unreadable = new Unreadable(keys.of("counts"));
    }

    @Override
    public Future<Map<CountKey, Long>> load() {
        return redis.<List<String>>read(LOAD, keys).map(this::counts);
    }

    private Map<CountKey, Long> counts(List<String> all) {
        Map<CountKey, Long> counts = new HashMap<>();
        for (int i = 0; i < all.size(); i += 2) {
            String field = all.get(i);
            String total = all.get(i + 1);
            unreadable
                    .read(field, () -> Map.entry(Fields.count(field), Long.valueOf(total)))
                    .ifPresent(count -> counts.put(count.getKey(), count.getValue()));
        }
        return counts;
    }

    @Override
    public Future<Map<CountKey, Long>> add(long sequence, Map<CountKey, Long> additions) {
        List<CountKey> order = List.copyOf(additions.keySet());
        List<Object> arguments = new ArrayList<>(List.of(self, sequence));
        order.forEach(key -> {
            arguments.add(Fields.of(key));
            arguments.add(additions.get(key));
        });
        return redis.<List<String>>write(ADD, keys, arguments.toArray()).map(totals -> pair(order, totals));
    }

    @Override
    public Future<Void> fold(Map<CountKey, CountKey> into) {
        List<Object> arguments = new ArrayList<>();
        into.forEach((from, to) -> {
            arguments.add(Fields.of(from));
            arguments.add(Fields.of(to));
        });
        return redis.<Long>write(FOLD, keys, arguments.toArray()).mapEmpty();
    }

    private static Map<CountKey, Long> pair(List<CountKey> keys, List<String> totals) {
        Map<CountKey, Long> paired = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            paired.put(keys.get(i), Long.valueOf(totals.get(i)));
        }
        return paired;
    }
}
