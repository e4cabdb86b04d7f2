package dev.foretell.router.store;

import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.Leases;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.redisson.api.RScript.ReturnType;

/** Leases in Redis: a sorted set by the time they run out, in milliseconds of Redis's own clock. Thread-safe. */
final class RedisLeases implements Leases.Store {
    private static final String NOW = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            """;

    /** ARGV: leases and their milliseconds in turn. */
    private static final Script RENEW = new Script(ReturnType.LONG, NOW + """
                            for i = 1, #ARGV, 2 do redis.call('ZADD', KEYS[1], now + ARGV[i + 1], ARGV[i]) end
                            return 1
                            """);

    /** Leases and how many milliseconds ago they ran out, in turn. ARGV: how many at most. */
    private static final Script EXPIRED = new Script(ReturnType.LIST, NOW + """
                            local found = redis.call(
                              'ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', 0, ARGV[1])
                            for i = 2, #found, 2 do found[i] = string.format('%.0f', now - found[i]) end
                            return found
                            """);

    private static final Script FORGET = new Script(ReturnType.LONG, """
                    for i = 1, #ARGV do redis.call('ZREM', KEYS[1], ARGV[i]) end
                    return 1
                    """);

    private static final int MOST_AT_ONCE = 1000;

    private final RedisConnection redis;
    private final List<String> keys;
    private final Unreadable unreadable;

    RedisLeases(RedisConnection redis, Keys keys) {
        this.redis = redis;
        this.keys = List.of(keys.of("leases"));
        this.unreadable = new Unreadable(keys.of("leases"));
    }

    @Override
    public Future<Void> renew(Map<LeaseKey, Duration> leases) {
        List<Object> arguments = new ArrayList<>();
        leases.forEach((lease, time) -> {
            arguments.add(lease.toString());
            arguments.add(time.toMillis());
        });
        return change(RENEW, arguments);
    }

    @Override
    public Future<Map<LeaseKey, Duration>> expired() {
        return redis.<List<String>>write(EXPIRED, keys, MOST_AT_ONCE).compose(this::leases);
    }

    /** What cannot be read is forgotten, so that it never stands in the way of the others. */
    private Future<Map<LeaseKey, Duration>> leases(List<String> found) {
        Map<LeaseKey, Duration> leases = new HashMap<>();
        List<Object> spoilt = new ArrayList<>();
        for (int i = 0; i < found.size(); i += 2) {
            String field = found.get(i);
            Duration ago = Duration.ofMillis(Long.parseLong(found.get(i + 1)));
            unreadable
                    .read(field, () -> Fields.lease(field))
                    .ifPresentOrElse(lease -> leases.put(lease, ago), () -> spoilt.add(field));
        }
        return change(FORGET, spoilt).map(leases);
    }

    @Override
    public Future<Void> forget(Set<LeaseKey> leases) {
        return change(FORGET, leases.stream().<Object>map(LeaseKey::toString).toList());
    }

    private Future<Void> change(Script script, List<Object> arguments) {
        return arguments.isEmpty()
                ? Future.succeededFuture()
                : redis.write(script, keys, arguments.toArray()).mapEmpty();
    }
}
