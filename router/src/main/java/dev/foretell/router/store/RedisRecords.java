package dev.foretell.router.store;

import dev.foretell.router.discovery.Records;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.hash.ReadableCheck;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Discovery records in Redis: a hash of JSON by registration id. Thread-safe. */
final class RedisRecords implements Records {
    private final RedisConnection redis;
    private final String key;

    RedisRecords(RedisConnection redis, Keys keys) {
        this.redis = redis;
        this.key = keys.of("records");
    }

    @Override
    public Future<Void> put(String id, String json) {
        return Future.succeededFuture()
                .map(start -> Map.entry(ReadableCheck.text(id), ReadableCheck.text(json)))
                .compose(kept -> redis.write(redisson -> hash(redisson).fastPutAsync(kept.getKey(), kept.getValue())))
                .mapEmpty();
    }

    @Override
    public Future<Optional<String>> remove(String id) {
        return redis.write(redisson -> hash(redisson).removeAsync(id)).map(Optional::ofNullable);
    }

    @Override
    public Future<Optional<String>> get(String id) {
        return redis.read(redisson -> hash(redisson).getAsync(id)).map(Optional::ofNullable);
    }

    @Override
    public Future<List<String>> all() {
        return redis.read(redisson -> hash(redisson).readAllValuesAsync()).map(List::copyOf);
    }

    private RMap<String, String> hash(RedissonClient redisson) {
        return redisson.getMap(key, StringCodec.INSTANCE);
    }
}
