package dev.foretell.router;

import dev.foretell.edge.OpenConnections;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.http.Readiness;
import dev.foretell.router.metrics.Metrics;
import dev.foretell.router.store.StateStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a router stops: step by step, so that no caller is cut off and nothing that was counted is lost. */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final Duration TURN_AWAY = Duration.ofMillis(100);
    private static final Duration STEP = Duration.ofMillis(10);

    private final Vertx vertx;
    private final LiveSettings settings;
    private final Readiness readiness;
    private final List<EventLoop.Loop> loops;
    private final OpenConnections connections;
    private final RequestCounts counts;
    private final HealthMonitor monitor;
    private final Metrics metrics;
    private final StateStore store;

    /** @param loops all that serve by then */
    Ending(
            Vertx vertx,
            LiveSettings settings,
            Readiness readiness,
            List<EventLoop.Loop> loops,
            OpenConnections connections,
            RequestCounts counts,
            HealthMonitor monitor,
            Metrics metrics,
            StateStore store) {
        this.vertx = vertx;
        this.settings = settings;
        this.readiness = readiness;
        this.loops = loops;
        this.connections = connections;
        this.counts = counts;
        this.monitor = monitor;
        this.metrics = metrics;
        this.store = store;
    }

    /** Says that the router is not ready any more, and serves on for as long as load balancers may need. */
    Future<Void> drain() {
        Duration delay = settings.current().http().drainDelay();
        readiness.draining();
        LOG.info("Stopping: not ready, serving on for {} ms", delay.toMillis());
        return pause(delay);
    }

    /** Answers new calls with {@code DRAINING} for a moment, then takes no new connections, finishes the calls in flight. */
    Future<Void> close() {
        Duration drain = settings.current().http().drain();
        return close(drain.compareTo(TURN_AWAY) < 0 ? drain : TURN_AWAY);
    }

    /** @param turnAway how long new calls are answered before connections are refused, unless all are closed before */
    Future<Void> close(Duration turnAway) {
        readiness.closing();
        Promise<Void> ended = Promise.promise();
        turnAway(turnAway)
                .compose(v -> shutdown())
                .transform(down -> counts.flush())
                .transform(flushed -> monitor.save())
                .transform(saved -> {
                    monitor.stop();
                    metrics.close();
                    return store.close();
                })
                .onComplete(closed -> vertx.close().onComplete(ended));
        return ended.future();
    }

    private Future<?> shutdown() {
        return Future.join(loops.stream()
                .map(loop -> loop.server().shutdown(settings.current().http().drain()))
                .toList());
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
