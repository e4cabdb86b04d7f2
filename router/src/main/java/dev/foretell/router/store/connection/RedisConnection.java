package dev.foretell.router.store.connection;

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
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * The only way to Redis. It runs commands and turns each failure into {@link FailureKind#STATE_STORE_UNAVAILABLE}.
 * While Redis is unavailable, commands fail at once; while it refuses writes, only reads succeed. A check every second
 * detects its recovery. Thread-safe; never blocks.
 */
public final class RedisConnection {
    private static final int MAX_IN_FLIGHT = 256;
    private static final long BETWEEN_LOOKS_MS = 1000;

    private final Vertx vertx;
    private final Duration timeout;
    private final RedisLine line;
    private final List<String> pingKey;
    private final StoreHealth presence;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean closed;

    public RedisConnection(Vertx vertx, RedisAddress address, StoreConfig config, Keys keys) {
        this.vertx = vertx;
        this.timeout = config.timeout();
        this.line = new RedisLine(vertx, address, config.timeout());
        this.pingKey = List.of(keys.of("ping"));
        this.presence = new StoreHealth(address.toString());
    }

    /** Starts the checks, which never stop. Completes after the first check, whatever its result. */
    public Future<Void> open() {
        return look().onComplete(seen -> lookAgain());
    }

    private void lookAgain() {
        if (!closed) {
            vertx.setTimer(BETWEEN_LOOKS_MS, timer -> look().onComplete(seen -> lookAgain()));
        }
    }

    private Future<Void> look() {
        return line.dial().compose(this::tryWriting).onFailure(this::onMiss).otherwiseEmpty();
    }

    private Future<Void> tryWriting(RedissonClient to) {
        boolean wasAway = !presence.now().takesWrites();
        return this.<Long>send(to, eval(wasAway ? WriteCheck.ALL : WriteCheck.ONE, pingKey, pingKey.get(0)))
                .onSuccess(done -> presence.here())
                .<Void>mapEmpty()
                .recover(this::onWriteRefusal)
                .onSuccess(answered -> line.subscribe());
    }

    /** Redis responds but refuses writes, possibly because its address now leads to another Redis. */
    private Future<Void> onWriteRefusal(Throwable failure) {
        StoreFailureReason reason = StoreFailureReason.of(failure);
        if (closed || reason.isAbsence()) {
            return Future.failedFuture(failure);
        }
        presence.onWriteRefusal(failure);
        if (reason.refusal() == WriteRefusal.READONLY) {
            line.renew();
        }
        return Future.succeededFuture();
    }

    private void onMiss(Throwable failure) {
        if (!closed) {
            presence.away(failure);
        }
    }

    public Availability availability() {
        return presence.now();
    }

    /** Calls the listener each time Redis is available again. */
    public void onUp(Runnable listener) {
        presence.onReturn(listener);
    }

    /** Calls the listener with each message on the channel, in order. Messages during an outage of Redis are lost. */
    public void subscribe(String channel, Consumer<String> listener) {
        line.subscribe(channel, listener, presence.now().takesReads());
    }

    /** Runs a script that only reads; all keys must be on one shard. */
    public <T> Future<T> read(Script script, List<String> keys, Object... arguments) {
        return read(eval(script, keys, arguments));
    }

    /** Runs a script; all keys must be on one shard. */
    public <T> Future<T> write(Script script, List<String> keys, Object... arguments) {
        return write(eval(script, keys, arguments));
    }

    public <T> Future<T> read(Function<RedissonClient, CompletionStage<T>> command) {
        return call(command, presence.now().takesReads());
    }

    public <T> Future<T> write(Function<RedissonClient, CompletionStage<T>> command) {
        return call(command, presence.now().takesWrites());
    }

    /** @param offered whether Redis is known to support this kind of command */
    private <T> Future<T> call(Function<RedissonClient, CompletionStage<T>> command, boolean offered) {
        RedissonClient to = line.client();
        if (to == null || !offered) {
            return Future.failedFuture(unavailable(null));
        }
        if (inFlight.incrementAndGet() > MAX_IN_FLIGHT) {
            inFlight.decrementAndGet();
            return Future.failedFuture(unavailable(null));
        }
        return send(to, command)
                .andThen(result -> inFlight.decrementAndGet())
                .onFailure(failure -> onFailure(to, failure))
                .recover(failure -> Future.failedFuture(unavailable(failure)));
    }

    /** A failure of a discarded client says nothing about Redis. */
    private void onFailure(RedissonClient to, Throwable failure) {
        if (!closed && to == line.client()) {
            presence.onFailure(failure);
        }
    }

    private static <T> Function<RedissonClient, CompletionStage<T>> eval(
            Script script, List<String> keys, Object... arguments) {
        return redisson -> redisson.getScript(StringCodec.INSTANCE)
                .evalAsync(
                        RScript.Mode.READ_WRITE, script.lua(), script.answer(), List.<Object>copyOf(keys), arguments);
    }

    /** Redisson's own timeouts do not cover every wait; this one does. */
    private <T> Future<T> send(RedissonClient to, Function<RedissonClient, CompletionStage<T>> command) {
        return Future.succeededFuture(to)
                .compose(redisson -> Future.fromCompletionStage(command.apply(redisson), vertx.getOrCreateContext()))
                .timeout(timeout.toMillis() * 3 / 2, TimeUnit.MILLISECONDS);
    }

    private ServingException unavailable(@Nullable Throwable cause) {
        return new ServingException(FailureKind.STATE_STORE_UNAVAILABLE, sentence(cause), cause);
    }

    private String sentence(@Nullable Throwable cause) {
        StoreFailureReason reason = cause == null ? null : StoreFailureReason.of(cause);
        return reason == null || reason.isAbsence() || !presence.now().takesWrites()
                ? presence.now().sentence()
                : "the state store refused a command: " + reason.words() + "; nothing was changed";
    }

    public Future<Void> close() {
        closed = true;
        return line.close();
    }
}
