package dev.foretell.router.upstream;

import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.call.Upload;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.connection.EndOfTurn;
import dev.foretell.router.upstream.connection.Exchange;
import dev.foretell.router.upstream.connection.SilenceDetector;
import dev.foretell.router.upstream.connection.SilenceWatch;
import dev.foretell.router.upstream.connection.TurnTimers;
import dev.foretell.router.upstream.connection.UpstreamConfig;
import dev.foretell.router.upstream.connection.WorkerConnections;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.Slot;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls workers over HTTP; no other class does. Each event loop has its own client with its own connections, so a call
 * never changes threads.
 */
public final class WorkerClient {
    private static final long LINGER_MILLIS = 100;
    private static final long SWEEP_MILLIS = 2_000;

    private UpstreamConfig config;
    private final LongSupplier nanoClock;
    private final WorkerConnections.Resources resources;
    private final Context loop;
    private final TurnTimers timers;
    private final SilenceWatch silenceWatch;
    private final IdentityHashMap<WorkerHost, WorkerConnections> workers = new IdentityHashMap<>();
    private final Set<WorkerHost> watched = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Create it on its event loop.
     *
     * @param memory shared by all event loops
     */
    public WorkerClient(Vertx vertx, UpstreamConfig config, ResponseMemory memory, LongSupplier nanoClock) {
        this.config = config;
        this.nanoClock = nanoClock;
        NetClient dialer = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis()));
        this.loop = vertx.getOrCreateContext();
        this.timers = new LoopTimers(vertx, loop);
        this.resources = new WorkerConnections.Resources(dialer, memory, nanoClock, timers);
        this.silenceWatch = new SilenceWatch(timers, nanoClock);
        timers.after(SWEEP_MILLIS, this::sweep);
    }

    /** Uses new settings from now on. Call it on the client's event loop. */
    public void adopt(UpstreamConfig next) {
        config = next;
        workers.values().forEach(connections -> connections.adopt(next));
    }

    /** The timers of one event loop. */
    private record LoopTimers(Vertx vertx, Context loop, EndOfTurn endOfTurn) implements TurnTimers {
        LoopTimers(Vertx vertx, Context loop) {
            this(vertx, loop, new EndOfTurn(task -> loop.runOnContext(v -> task.run())));
        }

        @Override
        public void atEndOfTurn(Runnable action) {
            endOfTurn.add(action);
        }

        @Override
        public void after(long millis, Runnable action) {
            loop.runOnContext(v -> vertx.setTimer(millis, timer -> action.run()));
        }
    }

    /** Sends a call to the slot's worker and releases the slot. Fails with an {@link AttemptFailure}. */
    public Future<WorkerResponse> call(Slot slot, WorkerCall call) {
        long now = nanoClock.getAsLong();
        Attempt attempt = new Attempt(slot, call, now, nanoClock);
        Reason obstacle = obstacle(slot, call);
        if (obstacle != null) {
            AttemptFailure notMade = new AttemptFailure(obstacle, null);
            attempt.onFailure(notMade);
            return Future.failedFuture(notMade);
        }
        Endpoint endpoint = slot.endpoint();
        WorkerConnections connections = connections(endpoint.host());
        Exchange exchange = new Exchange(
                endpoint.worker(),
                connections.head(endpoint, call.modelId()),
                call,
                endpoint,
                silenceWatch.awakeNanos(now),
                attempt);
        call.cancellation().onAbort(exchange::abort);
        connections.send(exchange, now);
        return exchange.outcome();
    }

    private static @Nullable Reason obstacle(Slot slot, WorkerCall call) {
        Upload upload = call.upload();
        return upload != null && upload.length() < 0 && !slot.endpoint().host().takesChunks()
                ? Reason.NO_LENGTH
                : call.cancellation().reason();
    }

    private WorkerConnections connections(WorkerHost host) {
        WorkerConnections existing = workers.get(host);
        return existing != null ? existing : open(host);
    }

    private WorkerConnections open(WorkerHost host) {
        WorkerConnections connections = new WorkerConnections(
                host.address(), new SilenceDetector(host.suspicion(), silenceWatch), host.strays(), config, resources);
        workers.put(host, connections);
        if (watched.add(host)) {
            host.onLoss(() -> loop.runOnContext(v -> drop(host)));
        }
        return connections;
    }

    /** Closes all connections to a lost worker, so that the calls on them fail now instead of at their deadlines. */
    private void drop(WorkerHost host) {
        WorkerConnections connections = workers.remove(host);
        if (connections != null) {
            connections.close();
        }
    }

    /** Drops a worker that has left the table, once its calls have their responses. */
    public void forget(WorkerHost host) {
        watched.remove(host);
        WorkerConnections connections = workers.remove(host);
        if (connections != null) {
            closeWhenQuiet(connections);
        }
    }

    private void closeWhenQuiet(WorkerConnections connections) {
        if (connections.isQuiet()) {
            connections.close();
        } else {
            timers.after(LINGER_MILLIS, () -> closeWhenQuiet(connections));
        }
    }

    private void sweep() {
        workers.values().forEach(WorkerConnections::sweep);
        timers.after(SWEEP_MILLIS, this::sweep);
    }
}
