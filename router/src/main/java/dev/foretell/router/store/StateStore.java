package dev.foretell.router.store;

import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.discovery.Records;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.events.EventLog;
import dev.foretell.router.health.WorkerStatuses;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.files.SharedFolder;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.routing.Leases;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.store.connection.Availability;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisAddress;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.connection.StoreConfig;
import dev.foretell.router.store.embedded.EmbeddedRedis;
import dev.foretell.router.store.embedded.StoreStartException;
import dev.foretell.router.tasks.TaskStore;
import dev.foretell.router.tasks.help.SearchHelp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The routers' state in Redis: at the configured address, or in the router's own Redis, which starts and stops with it.
 * Thread-safe. While Redis is unavailable, every call fails with {@link
 * dev.foretell.commons.failure.FailureKind#STATE_STORE_UNAVAILABLE} within about the configured timeout. While Redis
 * refuses writes, every call except loading fails.
 */
public final class StateStore {
    private final Vertx vertx;
    private final @Nullable EmbeddedRedis embedded;
    private final RedisConnection redis;
    private final String where;
    private final RedisRouting routing;
    private final RedisModels models;
    private final RedisEnsembles ensembles;
    private final Leases.Store leases;
    private final DrainOrders.Store drainOrders;
    private final RequestCounts.Store counts;
    private final WorkerStatuses statuses;
    private final Records records;
    private final SharedFolder.Store folderMark;
    private final TaskStore tasks;
    private final SearchHelp.Store offers;
    private final EventLog.Store events;

    private StateStore(Vertx vertx, StoreConfig config, @Nullable EmbeddedRedis embedded, RedisAddress address) {
        Keys keys = new Keys(config.keyPrefix());
        this.vertx = vertx;
        this.embedded = embedded;
        this.redis = new RedisConnection(vertx, address, config, keys);
        this.where = (embedded == null ? "" : "embedded, ") + address;
        this.routing = new RedisRouting(vertx, redis, keys);
        this.models = new RedisModels(vertx, redis, keys);
        this.ensembles = new RedisEnsembles(vertx, redis, keys);
        this.leases = new RedisLeases(redis, keys);
        this.drainOrders = new RedisDrainOrders(redis, keys);
        this.counts = new RedisCounts(redis, keys);
        this.statuses = new RedisStatuses(redis, keys);
        this.records = new RedisRecords(redis, keys);
        this.folderMark = new RedisFolderMark(redis, keys);
        this.tasks = new RedisTasks(redis, keys);
        this.events = new RedisEvents(vertx, redis, keys);
        this.offers = new RedisOffers(redis, keys);
    }

    /**
     * Opens the store. An address where no Redis responds (yet) is not a failure: the store is then unavailable until
     * one does. Without an address, the future fails with {@link StoreStartException} if the router's own Redis cannot
     * start.
     */
    public static Future<StateStore> open(Vertx vertx, StoreConfig config) {
        String address = config.address();
        Future<StateStore> store = address == null
                ? vertx.executeBlocking(() -> EmbeddedRedis.start(config.data(), config.server()), false)
                        .map(embedded -> new StateStore(vertx, config, embedded, embedded.address()))
                : Future.succeededFuture(new StateStore(vertx, config, null, RedisAddress.parse(address)));
        return store.compose(opened -> opened.redis.open().map(opened));
    }

    public RoutingTables.Store routing() {
        return routing;
    }

    public ModelRegistry.Store models() {
        return models;
    }

    public EnsembleRegistry.Store ensembles() {
        return ensembles;
    }

    public Leases.Store leases() {
        return leases;
    }

    public DrainOrders.Store drainOrders() {
        return drainOrders;
    }

    public RequestCounts.Store counts() {
        return counts;
    }

    public WorkerStatuses statuses() {
        return statuses;
    }

    public TaskStore tasks() {
        return tasks;
    }

    public SearchHelp.Store offers() {
        return offers;
    }

    public EventLog.Store events() {
        return events;
    }

    public Records records() {
        return records;
    }

    /** The unreadable entries, for people. Each one stays until somebody repairs or deletes it. */
    public List<String> unreadable() {
        return Stream.of(routing.unreadable(), models.unreadable(), ensembles.unreadable())
                .flatMap(List::stream)
                .toList();
    }

    /** How routers of one Redis recognise their models folder; null if the Redis belongs to this router. */
    public SharedFolder.@Nullable Store folderMark() {
        return embedded == null ? folderMark : null;
    }

    /** Whether the store responds and accepts writes. */
    public boolean isUp() {
        return availability().takesWrites();
    }

    public Availability availability() {
        return redis.availability();
    }

    /** Calls the listener, on an event loop, each time the store accepts writes again. */
    public void onUp(Runnable listener) {
        redis.onUp(listener);
    }

    /** Names the store for people: {@code embedded, 127.0.0.1:41234}. */
    public String describe() {
        return where;
    }

    /** Closes the connection; stops the router's own Redis after it has written its data. */
    public Future<Void> close() {
        return redis.close().eventually(() -> vertx.executeBlocking(this::stopEmbedded, false));
    }

    private @Nullable Void stopEmbedded() {
        if (embedded != null) {
            embedded.close();
        }
        return null;
    }
}
