package dev.foretell.router.store.connection;

import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of each channel. {@link #ensure} tries failed subscriptions again. Thread-safe. */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    /** One listener. It is subscribed once, and Redisson renews the subscription on each new connection. */
    private record Subscription(String channel, Consumer<String> listener, AtomicBoolean subscribed) {}

    private final Context context;
    private final List<Subscription> all = new CopyOnWriteArrayList<>();

    /** @param context where listeners are called */
    Subscriptions(Context context) {
        this.context = context;
    }

    void add(String channel, Consumer<String> listener) {
        all.add(new Subscription(channel, listener, new AtomicBoolean()));
    }

    /** The client has been replaced. */
    void reset() {
        all.replaceAll(wanted -> new Subscription(wanted.channel(), wanted.listener(), new AtomicBoolean()));
    }

    void ensure(RedissonClient redisson) {
        all.stream()
                .filter(wanted -> wanted.subscribed().compareAndSet(false, true))
                .forEach(wanted -> subscribe(redisson, wanted));
    }

    private void subscribe(RedissonClient redisson, Subscription wanted) {
        redisson.getTopic(wanted.channel(), StringCodec.INSTANCE)
                .addListenerAsync(
                        String.class,
                        (channel, message) ->
                                context.runOnContext(go -> wanted.listener().accept(message)))
                .whenComplete((id, failure) -> {
                    if (failure != null) {
                        LOG.debug("The subscription to {} failed", wanted.channel(), failure);
                        wanted.subscribed().set(false);
                    }
                });
    }
}
