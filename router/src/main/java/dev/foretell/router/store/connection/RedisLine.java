package dev.foretell.router.store.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * Redisson's client for one address and its subscriptions. Replaces the client when the address may lead to another
 * server. Thread-safe.
 */
final class RedisLine {
    /** The number of checks between two replacements: a new client is expensive. */
    private static final int LOOKS_PER_RENEWAL = 5;

    private final Vertx vertx;
    private final Config config;
    private final boolean followsMaster;
    private final Subscriptions subscriptions;

    private volatile @Nullable RedissonClient client;

    /** Guarded by this. */
    private boolean closed;

    private int looksToRenewal;

    RedisLine(Vertx vertx, RedisAddress address, Duration timeout) {
        this.vertx = vertx;
        this.config = RedissonSettings.of(address, timeout);
        this.followsMaster = address.kind() != RedisAddress.Kind.SINGLE;
        this.subscriptions = new Subscriptions(vertx.getOrCreateContext());
    }

    /** The current client; null if there is none. */
    @Nullable
    RedissonClient client() {
        return client;
    }

    /** The current client, or a new one; fails if no server responds. */
    Future<RedissonClient> dial() {
        RedissonClient known = client;
        return known == null
                ? vertx.executeBlocking(() -> adopt(Redisson.create(config)), false)
                : Future.succeededFuture(known);
    }

    private synchronized RedissonClient adopt(RedissonClient dialled) {
        client = dialled;
        if (closed) {
            dialled.shutdown();
        }
        return dialled;
    }

    /**
     * Drops all connections, so that the next check resolves the address again: it may lead to another server behind
     * the same name or virtual address. Sentinel and Cluster inform Redisson themselves. Called once per check.
     */
    synchronized void renew() {
        RedissonClient old = client;
        if (followsMaster || closed || old == null || looksToRenewal-- > 0) {
            return;
        }
        looksToRenewal = LOOKS_PER_RENEWAL - 1;
        client = null;
        subscriptions.reset();
        end(old);
    }

    void subscribe(String channel, Consumer<String> listener, boolean now) {
        subscriptions.add(channel, listener);
        if (now) {
            subscribe();
        }
    }

    /** Subscribes the remaining channels. */
    synchronized void subscribe() {
        RedissonClient to = client;
        if (to != null) {
            subscriptions.ensure(to);
        }
    }

    Future<Void> close() {
        RedissonClient last = markClosed();
        return last == null ? Future.succeededFuture() : end(last);
    }

    private synchronized @Nullable RedissonClient markClosed() {
        closed = true;
        return client;
    }

    private Future<Void> end(RedissonClient old) {
        return vertx.executeBlocking(
                () -> {
                    old.shutdown(0, 1, TimeUnit.SECONDS);
                    return null;
                },
                false);
    }
}
