package dev.foretell.router.upstream;

import dev.foretell.router.upstream.AttemptFailure.Reason;
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
 * Calls workers over HTTP: the only class that does. Each event loop has one of its own, with its own connections, so that
 * a call never changes threads.
 */
public final class WorkerClient {
    private static final long LINGER_MILLIS = 100;
    private static final long SWEEP_MILLIS = 2_000;

    private UpstreamConfig config;
    private final LongSupplier nanoClock;
    private final AnswerMemory memory;
    private final NetClient dialer;
    private final Context loop;
    private final WorkerConnection.Timers timers;
    private final SilenceWatch silenceWatch;
    private final IdentityHashMap<Endpoint, WorkerConnections> workers = new IdentityHashMap<>();
    private final Set<Endpoint> watched = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * To be made on the event loop that it is for.
     *
     * @param memory of all event loops
     */
    public WorkerClient(Vertx vertx, UpstreamConfig config, AnswerMemory memory, LongSupplier nanoClock) {
        this.config = config;
        this.memory = memory;
        this.nanoClock = nanoClock;
        this.dialer = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis()));
        this.loop = vertx.getOrCreateContext();
        this.timers = new LoopTimers(vertx, loop);
        this.silenceWatch = new SilenceWatch(timers, nanoClock);
        timers.after(SWEEP_MILLIS, this::sweep);
    }

    /** Goes by other settings from now on; to be called on its own event loop. */
    public void adopt(UpstreamConfig next) {
        config = next;
        workers.values().forEach(connections -> connections.adopt(next));
    }

    /** The timers of one event loop. */
    private record LoopTimers(Vertx vertx, Context loop, EndOfTurn endOfTurn) implements WorkerConnection.Timers {
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
    public Future<WorkerAnswer> call(Slot slot, WorkerCall call) {
        long now = nanoClock.getAsLong();
        Attempt attempt = new Attempt(slot, call, now, nanoClock);
        Reason obstacle = obstacle(slot, call);
        if (obstacle != null) {
            AttemptFailure notMade = new AttemptFailure(obstacle, null);
            attempt.failed(notMade);
            return Future.failedFuture(notMade);
        }
        Seat seat = slot.seat();
        WorkerConnections connections = connections(seat.endpoint());
        Exchange exchange = new Exchange(
                seat.worker(),
                connections.head(seat, call.modelId()),
                call,
                seat,
                silenceWatch.attentive(now),
                attempt);
        call.abort().attempting(exchange::abort);
        connections.send(exchange, now);
        return exchange.outcome();
    }

    private static @Nullable Reason obstacle(Slot slot, WorkerCall call) {
        Upload upload = call.upload();
        return upload != null && upload.length() < 0 && !slot.seat().endpoint().takesChunks()
                ? Reason.NO_LENGTH
                : call.abort().reason();
    }

    private WorkerConnections connections(Endpoint endpoint) {
        WorkerConnections existing = workers.get(endpoint);
        return existing != null ? existing : open(endpoint);
    }

    private WorkerConnections open(Endpoint endpoint) {
        WorkerConnections connections = new WorkerConnections(
                endpoint.address(),
                new Silence(endpoint.suspicion(), silenceWatch),
                endpoint.strays(),
                memory,
                config,
                dialer,
                nanoClock,
                timers);
        workers.put(endpoint, connections);
        if (watched.add(endpoint)) {
            endpoint.onLoss(() -> loop.runOnContext(v -> drop(endpoint)));
        }
        return connections;
    }

    /** Closes all connections to a worker that was lost: the calls on them fail now rather than at their deadline. */
    private void drop(Endpoint endpoint) {
        WorkerConnections connections = workers.remove(endpoint);
        if (connections != null) {
            connections.close();
        }
    }

    /** Lets go of a worker that left the table, once the calls it has are answered. */
    public void forget(Endpoint endpoint) {
        watched.remove(endpoint);
        WorkerConnections connections = workers.remove(endpoint);
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
