package dev.foretell.worker.registration;

import dev.foretell.commons.identity.ModelKey;
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
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a worker in the router's map: registers it, renews its lease by saying the same again, and takes it out in the end.
 * One request is in flight at most; it never gives up. Its state is confined to one event loop.
 */
public final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    private enum State {
        NEW,
        REGISTERED,
        LOST
    }

    private final Vertx vertx;
    private final Context context;
    private final RegistrationConfig config;
    private final RouterClient router;
    private final RoutingMap map;
    private final Backoff backoff;
    private final Promise<Void> first = Promise.promise();
    private State state = State.NEW;
    private boolean closed;
    private long timer = -1;
    private Future<Void> beat = Future.succeededFuture();

    /** @param functions the names of the worker's functions; each is registered as a model */
    public Registration(
            Vertx vertx,
            RegistrationConfig config,
            List<String> functions,
            String boundHost,
            int port,
            RandomGenerator random) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.router = new RouterClient(vertx, config);
        this.map = map(config, functions, Advertised.host(config.advertise(), boundHost), port);
        this.backoff = new Backoff(config.lease(), random);
    }

    private static RoutingMap map(RegistrationConfig config, List<String> functions, String host, int port) {
        if (!config.model().isEmpty() && functions.size() > 1) {
            throw new IllegalArgumentException("a model name can be given to one function only, not to " + functions);
        }
        Map<ModelKey, RoutingMap.Model> models = new HashMap<>();
        for (String function : functions) {
            String model = config.model().isEmpty() ? function : config.model();
            WorkerEntry worker = new WorkerEntry(
                    host,
                    port,
                    config.localWorkerId(),
                    function,
                    null,
                    config.lease().toMillis());
            models.put(new ModelKey(config.type(), model), new RoutingMap.Model(null, List.of(worker)));
        }
        return new RoutingMap(models);
    }

    /**
     * Registers, and keeps registered. Completes after the first attempt, also where the router cannot be reached: then it
     * is tried again and again.
     *
     * @return fails with {@link RefusedException} if the router says no
     */
    public Future<Void> start() {
        context.runOnContext(now -> beat());
        return first.future();
    }

    /** Stops renewing and takes the worker out of the map; waits 2 seconds for that at most, and never fails. */
    public Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            closed = true;
            vertx.cancelTimer(timer);
            beat.eventually(this::leave).onComplete(left -> done.tryComplete());
            vertx.setTimer(LAST_WORD.toMillis(), late -> done.tryComplete());
        });
        return done.future().andThen(left -> router.close());
    }

    private void beat() {
        if (!closed) {
            beat = router.put(map);
            beat.onSuccess(done -> renewed()).onFailure(this::failed);
        }
    }

    private void renewed() {
        if (state != State.REGISTERED) {
            LOG.info("registered {} with {}", map.models().keySet(), config.router());
        }
        state = State.REGISTERED;
        first.tryComplete();
        again(backoff.afterSuccess());
    }

    private void failed(Throwable failure) {
        if (state == State.NEW && failure instanceof RefusedException) {
            closed = true;
            first.tryFail(failure);
            return;
        }
        if (state != State.LOST) {
            LOG.warn("not registered with {}: {}; trying on", config.router(), failure.getMessage());
        }
        state = State.LOST;
        first.tryComplete();
        again(backoff.afterFailure());
    }

    private void again(long delayMs) {
        if (!closed) {
            timer = vertx.setTimer(delayMs, id -> beat());
        }
    }

    private Future<Void> leave() {
        return Future.join(map.models().entrySet().stream()
                        .map(model -> router.delete(
                                model.getKey(),
                                model.getValue().workers().get(0).id(),
                                LAST_WORD))
                        .toList())
                .<Void>mapEmpty()
                .onFailure(e -> LOG.info("the router was not told that this worker leaves: {}", e.getMessage()));
    }
}
