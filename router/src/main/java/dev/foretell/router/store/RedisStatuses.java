package dev.foretell.router.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.json.Json;
import dev.foretell.router.health.WorkerStatus;
import dev.foretell.router.health.WorkerStatuses;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.hash.Fields;
import dev.foretell.router.store.hash.ReadableCheck;
import dev.foretell.router.store.hash.Unreadable;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** The statuses of workers in Redis: a hash of JSON by worker. Thread-safe. */
final class RedisStatuses implements WorkerStatuses {
    /** A newer router may have written more. */
    private static final ObjectReader READER =
            Json.MAPPER.readerFor(StoredStatus.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final RedisConnection redis;
    private final String key;
    private final Unreadable unreadable;

    RedisStatuses(RedisConnection redis, Keys keys) {
        this.redis = redis;
        this.key = keys.of("states");
        this.unreadable = new Unreadable(key);
    }

    @Override
    public Future<Map<WorkerId, WorkerStatus>> load() {
        return redis.read(redisson -> hash(redisson).readAllMapAsync()).map(this::statuses);
    }

    private Map<WorkerId, WorkerStatus> statuses(Map<String, String> all) {
        Map<WorkerId, WorkerStatus> statuses = new HashMap<>();
        all.forEach((field, json) -> unreadable
                .read(field, () -> Map.entry(Fields.worker(field), parse(json)))
                .ifPresent(status -> statuses.put(status.getKey(), status.getValue())));
        return statuses;
    }

    /** Omits a status that could not be read back, so that it does not block the others. */
    @Override
    public Future<Void> save(Map<WorkerId, WorkerStatus> statuses) {
        Map<String, String> fields = new HashMap<>();
        statuses.forEach((worker, status) -> unreadable
                .read(worker.toString(), () -> field(worker, status))
                .ifPresent(field -> fields.put(field.getKey(), field.getValue())));
        return fields.isEmpty()
                ? Future.succeededFuture()
                : redis.write(redisson -> hash(redisson).putAllAsync(fields));
    }

    private static Map.Entry<String, String> field(WorkerId worker, WorkerStatus status) {
        return Map.entry(
                ReadableCheck.text(worker, WorkerId::toString, Fields::worker),
                ReadableCheck.text(status, RedisStatuses::json, RedisStatuses::parse));
    }

    @Override
    public Future<Void> forget(Set<WorkerId> workers) {
        String[] fields = workers.stream().map(WorkerId::toString).toArray(String[]::new);
        return fields.length == 0
                ? Future.succeededFuture()
                : redis.write(redisson -> hash(redisson).fastRemoveAsync(fields))
                        .mapEmpty();
    }

    private RMap<String, String> hash(RedissonClient redisson) {
        return redisson.getMap(key, StringCodec.INSTANCE);
    }

    private static String json(WorkerStatus status) {
        return Json.writeText(StoredStatus.of(status));
    }

    private static WorkerStatus parse(String text) {
        try {
            return READER.<StoredStatus>readValue(text).status();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a worker's status", e);
        }
    }
}
