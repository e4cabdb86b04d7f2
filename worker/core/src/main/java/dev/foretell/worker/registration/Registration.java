package dev.foretell.worker.registration;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps a worker in the map of its routers: registers it at one of them, renews its lease by registering again, and
 * removes it at the end. If that router does not respond, or refuses, it tries the next one. At most one request is in
 * flight, and it never gives up. Its state is confined to one event loop.
 */
public final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final Duration LAST_WORD = Duration.ofSeconds(2);
    private static final Duration LAST_BEAT = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Context context;
    private final RouterChoice routers;
    private final RouterClient client;
    private final RoutingMap map;
    private final Backoff backoff;
    private final RouterErrors troubles = new RouterErrors();
    private final Promise<Void> first = Promise.promise();
    private final RouterPeers peers;
    private volatile RegistrationState state = RegistrationState.BEGUN;
    private boolean closed;
    private long timer = -1;
    private Future<Void> beat = Future.succeededFuture();

    /**
     * What is registered.
     *
     * @param functions the names of the worker's functions; each is registered as a model
     * @param host the one listened on
     * @param epoch which process this is, as its index has it
     */
    public record Self(List<String> functions, String host, int port, String epoch) {}

    public Registration(Vertx vertx, RegistrationConfig config, Self self, RandomGenerator random) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.routers = new RouterChoice(config.routers().router());
        this.client = new RouterClient(vertx, config.routers(), self.epoch());
        this.map = map(config, self);
        this.backoff = new Backoff(config.lease(), random);
        this.peers = new RouterPeers(client, config.routers().router(), id(map));
    }

    private static RoutingMap map(RegistrationConfig config, Self self) {
        RegistrationConfig.Identity as = config.identity();
        if (!as.model().isEmpty() && self.functions().size() > 1) {
            throw new IllegalArgumentException(
                    "a model name can be given to one function only, not to " + self.functions());
        }
        String host = AdvertisedHost.host(as.advertise(), self.host());
        Map<ModelKey, RoutingMap.Model> models = new HashMap<>();
        for (String function : self.functions()) {
            String model = as.model().isEmpty() ? function : as.model();
            WorkerEntry worker = new WorkerEntry(
                    host,
                    self.port(),
                    as.localWorkerId(),
                    function,
                    null,
                    config.lease().toMillis());
            models.put(new ModelKey(as.type(), model), new RoutingMap.Model(null, List.of(worker)));
        }
        return new RoutingMap(models);
    }

    /** The id is the same for all its models. */
    private static WorkerId id(RoutingMap map) {
        return map.models().values().iterator().next().workers().get(0).id();
    }

    /**
     * Registers, and keeps the registration alive. Completes once a router has accepted the worker, or all have failed;
     * then it keeps trying.
     *
     * @return fails with {@link RefusedException} if a router refuses before any has accepted
     */
    public Future<Void> start() {
        context.runOnContext(now -> beat());
        return first.future();
    }

    /** The state of the registration; callable from any thread. */
    public RegistrationState state() {
        return state;
    }

    /** Stops renewing and removes the worker from the map; takes at most 2 seconds and never fails. */
    public Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            closed = true;
            vertx.cancelTimer(timer);
            beat.timeout(LAST_BEAT.toMillis(), TimeUnit.MILLISECONDS)
                    .transform(beaten -> leave(routers.count()))
                    .onComplete(left -> done.tryComplete());
            vertx.setTimer(LAST_WORD.toMillis(), late -> done.tryComplete());
        });
        return done.future().andThen(left -> client.close());
    }

    private void beat() {
        if (!closed) {
            String router = routers.current();
            beat = client.put(router, map);
            beat.onSuccess(done -> onRenewal(router)).onFailure(failure -> onFailure(router, failure));
        }
    }

    private void onRenewal(String router) {
        boolean isLate = troubles.clear();
        if (!router.equals(state.router())) {
            LOG.info("registered {} with {}", map.models().keySet(), router);
        } else if (isLate) {
            LOG.info("the lease is renewed again at {}", router);
        }
        state = new RegistrationState(router, null);
        routers.onResponse();
        first.tryComplete();
        peers.ask(router);
        again(backoff.afterSuccess());
    }

    private void onFailure(String router, Throwable failure) {
        if (failure instanceof RefusedException && !first.future().isComplete()) {
            closed = true;
            first.tryFail(failure);
            return;
        }
        state = state.with(failure);
        if (troubles.isNew(router, String.valueOf(failure.getMessage()))) {
            say(router, failure);
        }
        if (routers.turn()) {
            again(backoff.beforeAnother());
        } else {
            first.tryComplete();
            again(backoff.afterFailure());
        }
    }

    /** A refusal lasts until somebody changes a setting; any other failure may be temporary. */
    private void say(String router, Throwable failure) {
        String trouble = router.equals(state.router()) ? "the lease is not renewed at" : "not registered with";
        Level level = failure instanceof RefusedException ? Level.ERROR : Level.WARN;
        LOG.atLevel(level).log("{} {}: {}; trying on", trouble, router, failure.getMessage());
    }

    private void again(long delayMs) {
        if (!closed) {
            timer = vertx.setTimer(delayMs, id -> beat());
        }
    }

    /**
     * Tells one router: the last one that responded, or the next one if it is silent. Each gets its share of the time.
     */
    private Future<Void> leave(int left) {
        String router = routers.current();
        return Future.join(map.models().entrySet().stream()
                        .map(model -> client.delete(
                                router,
                                model.getKey(),
                                model.getValue().workers().get(0).id(),
                                LAST_WORD.minus(LAST_BEAT).dividedBy(routers.count())))
                        .toList())
                .<Void>mapEmpty()
                .onFailure(e -> LOG.info("{} could not be told that this worker leaves: {}", router, e.getMessage()))
                .recover(failure -> {
                    routers.turn();
                    return left > 1 ? leave(left - 1) : Future.failedFuture(failure);
                });
    }
}
