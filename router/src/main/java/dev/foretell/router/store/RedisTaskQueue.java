package dev.foretell.router.store;

import dev.foretell.commons.training.EngineName;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.tasks.TaskStore.Place;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RStream;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.client.codec.StringCodec;

/**
 * The queue of the tasks that one engine trains: a Redis stream with a consumer group, whose pending list holds the tasks that trainers
 * have, each as old as its trainer's last word. Thread-safe.
 */
final class RedisTaskQueue {
    private static final int AT_ONCE = 64;

    private final RedisConnection redis;
    private final EngineName engine;
    private final String key;
    private volatile StreamMessageId scanned = StreamMessageId.ALL;

    RedisTaskQueue(RedisConnection redis, EngineName engine, String key) {
        this.redis = redis;
        this.engine = engine;
        this.key = key;
    }

    private RStream<String, String> stream(RedissonClient redisson) {
        return redisson.getStream(key, StringCodec.INSTANCE);
    }

    Future<List<Place>> listLost() {
        return redis.<Map<StreamMessageId, Map<String, String>>>write(redisson -> stream(redisson)
                        .readGroupAsync(
                                TaskScripts.GROUP,
                                TaskScripts.LOST,
                                StreamReadGroupArgs.greaterThan(StreamMessageId.ALL)
                                        .count(AT_ONCE)))
                .map(this::places);
    }

    /** One whose task is gone, and with it the entry, is still pending until it is discarded. */
    private List<Place> places(Map<StreamMessageId, Map<String, String>> entries) {
        return entries.entrySet().stream()
                .map(entry -> new Place(
                        engine,
                        entry.getKey().toString(),
                        entry.getValue() == null ? "" : entry.getValue().getOrDefault("task", "")))
                .toList();
    }

    Future<Void> discard(Place place) {
        StreamMessageId entry = id(place.entry());
        return redis.<Long>write(redisson -> stream(redisson).ackAsync(TaskScripts.GROUP, entry))
                .compose(acknowledged ->
                        redis.<Long>write(redisson -> stream(redisson).removeAsync(entry)))
                .mapEmpty();
    }

    private static StreamMessageId id(String text) {
        int dash = text.indexOf('-');
        return new StreamMessageId(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    /** Goes on where the last scan of the pending list ended. */
    Future<List<Place>> takeSilent(Duration lease) {
        StreamMessageId from = scanned;
        return redis.write(redisson -> stream(redisson)
                        .autoClaimAsync(
                                TaskScripts.GROUP,
                                TaskScripts.LOST,
                                lease.toMillis(),
                                TimeUnit.MILLISECONDS,
                                from,
                                AT_ONCE))
                .map(claimed -> {
                    scanned = claimed.getNextId();
                    return places(claimed.getMessages());
                });
    }
}
