package dev.foretell.router.store;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/**
 * The one way to Redis: takes commands, and turns each failure into {@link FailureKind#STATE_STORE_UNAVAILABLE}. While
 * Redis is away commands fail at once; it is asked each second whether it is back. Thread-safe; never blocks.
 */
final class RedisConnection {
    private static final int MOST_IN_FLIGHT = 256;
    private static final long BETWEEN_LOOKS_MS = 1000;

    private final Vertx vertx;
    private final Config config;
    private final Duration timeout;
    private final String pingKey;
    private final Presence presence;
    private final Subscriptions subscriptions;
    private final AtomicInteger inFlight = new AtomicInteger();

    private volatile @Nullable RedissonClient client;
    private volatile boolean closed;

    RedisConnection(Vertx vertx, RedisAddress address, StoreConfig config, Keys keys) {
        this.vertx = vertx;
        this.config = RedissonSettings.of(address, config.timeout());
        this.timeout = config.timeout();
        this.pingKey = keys.of("ping");
        this.presence = new Presence(address.toString());
        this.subscriptions = new Subscriptions(vertx.getOrCreateContext());
    }

    /** Begins to look for Redis, and never stops. Completes after the first look, whatever came of it. */
    Future<Void> open() {
        return look().onComplete(seen -> lookAgain());
    }

    private void lookAgain() {
        if (!closed) {
            vertx.setTimer(BETWEEN_LOOKS_MS, timer -> look().onComplete(seen -> lookAgain()));
        }
    }

    private Future<Void> look() {
        RedissonClient known = client;
        return (known == null ? dial() : Future.succeededFuture(known))
                .compose(this::ping)
                .onSuccess(answer -> presence.here())
                .onFailure(this::missed)
                .otherwiseEmpty();
    }

    private void missed(Throwable failure) {
        if (!closed) {
            presence.away(failure);
        }
    }

    private void refused(Throwable failure) {
        if (!closed) {
            presence.complain(failure);
        }
    }

    private Future<RedissonClient> dial() {
        return vertx.executeBlocking(() -> adopt(Redisson.create(config)), false);
    }

    private synchronized RedissonClient adopt(RedissonClient dialled) {
        client = dialled;
        if (closed) {
            dialled.shutdown();
        }
        return dialled;
    }

    private Future<Void> ping(RedissonClient to) {
        return send(to, redisson -> redisson.getBucket(pingKey).isExistsAsync())
                .onSuccess(answer -> subscriptions.ensure(to))
                .mapEmpty();
    }

    boolean isUp() {
        return presence.isHere();
    }

    /** Calls the listener each time that Redis is back. */
    void onUp(Runnable listener) {
        presence.onReturn(listener);
    }

    /** Calls the listener with each message on the channel, in order. Messages while Redis is away are lost. */
    void subscribe(String channel, Consumer<String> listener) {
        subscriptions.add(channel, listener);
        RedissonClient to = client;
        if (to != null && presence.isHere()) {
            subscriptions.ensure(to);
        }
    }

    /** Runs a script; the keys must be of one shard. */
    <T> Future<T> run(Script script, List<String> keys, Object... arguments) {
        return call(redisson -> redisson.getScript(StringCodec.INSTANCE)
                .evalAsync(
                        RScript.Mode.READ_WRITE, script.lua(), script.answer(), List.<Object>copyOf(keys), arguments));
    }

    <T> Future<T> call(Function<RedissonClient, CompletionStage<T>> command) {
        RedissonClient to = client;
        if (to == null || !presence.isHere()) {
            return Future.failedFuture(unavailable(null));
        }
        if (inFlight.incrementAndGet() > MOST_IN_FLIGHT) {
            inFlight.decrementAndGet();
            return Future.failedFuture(unavailable(null));
        }
        return send(to, command)
                .andThen(result -> inFlight.decrementAndGet())
                .onFailure(this::refused)
                .recover(failure -> Future.failedFuture(unavailable(failure)));
    }

    /** Redisson has its own timeouts, but not for every wait; this one holds always. */
    private <T> Future<T> send(RedissonClient to, Function<RedissonClient, CompletionStage<T>> command) {
        return Future.succeededFuture(to)
                .compose(redisson -> Future.fromCompletionStage(command.apply(redisson), vertx.getOrCreateContext()))
                .timeout(timeout.toMillis() * 3 / 2, TimeUnit.MILLISECONDS);
    }

    private static ServingException unavailable(@Nullable Throwable cause) {
        return new ServingException(
                FailureKind.STATE_STORE_UNAVAILABLE, "the state store is away; nothing was changed", cause);
    }

    Future<Void> close() {
        RedissonClient to = markClosed();
        return to == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(
                        () -> {
                            to.shutdown(0, 1, TimeUnit.SECONDS);
                            return null;
                        },
                        false);
    }

    private synchronized @Nullable RedissonClient markClosed() {
        closed = true;
        return client;
    }
}
