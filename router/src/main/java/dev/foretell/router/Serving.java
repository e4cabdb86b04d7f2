package dev.foretell.router;

import dev.foretell.edge.OpenConnections;
import dev.foretell.router.http.edge.Readiness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops that serve callers. Stops them without cutting off a caller. Thread-safe. */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Duration STEP = Duration.ofMillis(10);

    private final Vertx vertx;
    private final Readiness readiness;
    private final OpenConnections connections;
    private final List<EventLoop.Loop> loops = new CopyOnWriteArrayList<>();

    /** @param connections the open connections of all event loops */
    Serving(Vertx vertx, Readiness readiness, OpenConnections connections) {
        this.vertx = vertx;
        this.readiness = readiness;
        this.connections = connections;
    }

    OpenConnections connections() {
        return connections;
    }

    void add(EventLoop.Loop loop) {
        loops.add(loop);
    }

    EventLoop.Loop any() {
        return loops.get(0);
    }

    /** Reports that the router is not ready, and keeps serving for the reaction time of load balancers. */
    Future<Void> drain(Duration delay) {
        readiness.onDrain();
        LOG.info("Stopping: the router is not ready and serves for another {} ms", delay.toMillis());
        return pause(delay);
    }

    /**
     * Answers new calls with {@code DRAINING}, then refuses new connections and finishes the calls in flight.
     *
     * @param turnAway how long new calls get a response before connections are refused; ends early if all connections
     *     are closed
     * @param drain maximum time for the calls in flight
     */
    Future<?> stop(Duration turnAway, Duration drain) {
        readiness.onClose();
        return turnAway(turnAway)
                .compose(v -> Future.join(loops.stream()
                        .map(loop -> loop.server().shutdown(drain))
                        .toList()));
    }

    private Future<Void> turnAway(Duration left) {
        return left.toMillis() < 1 || connections.areNone()
                ? Future.succeededFuture()
                : pause(STEP).compose(v -> turnAway(left.minus(STEP)));
    }

    private Future<Void> pause(Duration wait) {
        return wait.toMillis() < 1
                ? Future.succeededFuture()
                : vertx.timer(wait.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
    }
}
