package dev.foretell.router.upstream.connection;

import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.StrayResponses;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one worker. A call takes a connection with room, or else waits while one opens;
 * both are bounded. While the worker is fast, calls share connections; see {@link ConnectionSharing}. Confined to its
 * event loop.
 */
public final class WorkerConnections implements ConnectionOwner, Exchange.Place, SilenceDetector.Calls {
    /** Connections that were not needed for this long are spare; beyond a few, spare ones are closed. */
    private static final long SPARE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int MAX_SPARE = 4;

    /** Sharing saves nothing worth a trial while fewer connections than this are busy. */
    private static final int MIN_BUSY = 8;

    private final WorkerHost.Address address;
    private final SilenceDetector silence;
    private UpstreamConfig config;
    private final Resources resources;
    private final LongSupplier nanoClock;
    private final StrayResponses strays;
    private final AbandonedLimit abandonedLimit;
    private final ConnectionSharing sharing;
    private final RequestHeads heads = new RequestHeads();
    private final List<WorkerConnection> open = new ArrayList<>();
    private final Deque<WorkerConnection> idle = new ArrayDeque<>();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private int opening;
    private boolean echoes;
    private boolean opensSoon;
    private boolean closed;

    /**
     * What all connections of one event loop share.
     *
     * @param dialer opens them
     * @param memory of all event loops, for responses on their way
     */
    public record Resources(NetClient dialer, ResponseMemory memory, LongSupplier nanoClock, TurnTimers timers) {}

    public WorkerConnections(
            WorkerHost.Address address,
            SilenceDetector silence,
            StrayResponses strays,
            UpstreamConfig config,
            Resources resources) {
        this.address = address;
        this.silence = silence;
        this.strays = strays;
        this.abandonedLimit = new AbandonedLimit(config.maxConnections());
        this.config = config;
        this.resources = resources;
        this.nanoClock = resources.nanoClock();
        this.sharing = new ConnectionSharing(nanoClock.getAsLong());
    }

    public void adopt(UpstreamConfig next) {
        config = next;
        abandonedLimit.adopt(next.maxConnections());
        heads.forget();
    }

    /** The request head for a model id at an endpoint of this worker. */
    public RequestHead head(Endpoint endpoint, String modelId) {
        return heads.of(endpoint, modelId, config.authorization());
    }

    public void send(Exchange exchange, long nowNanos) {
        silence.watch(this);
        WorkerConnection roomy = exchange.isAlone() ? takeIdle() : withRoom(nowNanos);
        if (roomy != null) {
            roomy.send(exchange, nowNanos);
        } else if (waiting.size() >= config.maxWaiting() || closed) {
            exchange.fail(new AttemptFailure(closed ? Reason.DROPPED : Reason.BUSY, null));
        } else {
            exchange.placeAt(this);
            waiting.add(exchange);
            openSoon();
        }
    }

    private @Nullable WorkerConnection withRoom(long nowNanos) {
        int depth = depth();
        if (depth > 1) {
            return firstWithRoom(depth, nowNanos);
        }
        boolean isTrial = echoes && open.size() - idle.size() >= MIN_BUSY && sharing.takesTrialCall(nowNanos);
        return isTrial ? firstWithRoom(ConnectionSharing.TRIAL_DEPTH, nowNanos) : takeIdle();
    }

    private @Nullable WorkerConnection firstWithRoom(int depth, long nowNanos) {
        for (int i = 0; i < open.size(); i++) {
            WorkerConnection connection = open.get(i);
            if (connection.hasRoom(depth, nowNanos)) {
                return connection;
            }
        }
        return null;
    }

    /** The maximum number of calls on a connection if the worker echoes on it. */
    private int depth() {
        return echoes ? sharing.depth() : 1;
    }

    private @Nullable WorkerConnection takeIdle() {
        WorkerConnection last = pollIdle();
        while (last != null && (!last.isIdle() || isStale(last))) {
            last = pollIdle();
        }
        return last;
    }

    private @Nullable WorkerConnection pollIdle() {
        WorkerConnection last = idle.pollLast();
        if (last != null) {
            last.unlist();
        }
        return last;
    }

    private boolean isStale(WorkerConnection connection) {
        boolean stale = connection.isSpent()
                || nanoClock.getAsLong() - connection.idleSinceNanos()
                        > config.keepAlive().toNanos();
        if (stale) {
            connection.close(Reason.DROPPED);
        }
        return stale;
    }

    /** Opens at the end of this turn, because a caller that hung up at once needs no connection. */
    private void openSoon() {
        if (!opensSoon) {
            opensSoon = true;
            resources.timers().atEndOfTurn(this::openAsNeeded);
        }
    }

    private void openAsNeeded() {
        opensSoon = false;
        boolean more = !closed;
        while (more) {
            more = openIfAllowed();
        }
    }

    private boolean openIfAllowed() {
        boolean enough = (long) opening * depth() >= waiting.size();
        if (enough || open.size() + opening >= config.maxConnections()) {
            return false;
        }
        opening++;
        resources
                .dialer()
                .connect(address.port(), address.host())
                .onSuccess(this::onOpen)
                .onFailure(this::onConnectFailure);
        return true;
    }

    private void onOpen(NetSocket socket) {
        opening--;
        if (closed) {
            socket.close();
            return;
        }
        WorkerConnection connection =
                new WorkerConnection((NetSocketInternal) socket, this, nanoClock, resources.timers(), config);
        open.add(connection);
        free(connection, nanoClock.getAsLong());
    }

    private void onConnectFailure(Throwable failure) {
        opening--;
        boolean hopeless = open.isEmpty() && opening == 0;
        do {
            Exchange exchange = waiting.poll();
            if (exchange != null) {
                exchange.fail(new AttemptFailure(Reason.UNREACHABLE, failure));
            }
        } while (hopeless && !waiting.isEmpty());
    }

    @Override
    public void free(WorkerConnection connection, long nowNanos) {
        Exchange next = waiting.peek();
        while (next != null && connection.takes(next, depth(), nowNanos)) {
            waiting.remove();
            connection.send(next, nowNanos);
            next = waiting.peek();
        }
        if (next != null) {
            openIfAllowed();
        }
        if (connection.isIdle() && connection.list()) {
            idle.add(connection);
        }
    }

    @Override
    public void onData() {
        silence.reset();
    }

    /** All calls here, including abandoned ones. */
    @Override
    public List<Exchange> calls() {
        List<Exchange> calls = new ArrayList<>(waiting);
        open.forEach(connection -> connection.forEachCall(calls::add));
        return calls;
    }

    @Override
    public void onResponse(long serviceNanos, boolean echoed, boolean isFollower) {
        echoes = echoed;
        if (isFollower) {
            sharing.observeFollower(serviceNanos);
        } else {
            sharing.observe(serviceNanos);
        }
    }

    @Override
    public void onStray(StrayResponses.Kind kind) {
        strays.note(kind);
        sharing.distrust();
    }

    @Override
    public boolean mayBeUsedAgain() {
        return !strays.isRecent();
    }

    @Override
    public AbandonedLimit abandonedLimit() {
        return abandonedLimit;
    }

    @Override
    public ResponseMemory memory() {
        return resources.memory();
    }

    /** It has not been sent yet. */
    @Override
    public boolean abandon(Exchange exchange, Reason why) {
        waiting.remove(exchange);
        return false;
    }

    @Override
    public void sendElsewhere(List<Exchange> notBegun, boolean heldUp) {
        if (heldUp) {
            sharing.distrust();
        }
        long now = nanoClock.getAsLong();
        for (Exchange exchange : notBegun) {
            if (exchange.isSettled()) {
                abandonedLimit.remove();
                exchange.drop();
            } else {
                send(exchange, now);
            }
        }
    }

    @Override
    public void onClose(WorkerConnection connection, boolean sharedWhenBroken) {
        open.remove(connection);
        idle.remove(connection);
        if (sharedWhenBroken) {
            sharing.neverShareAgain();
        }
        if (!waiting.isEmpty()) {
            openIfAllowed();
        }
    }

    /**
     * Closes connections that have been idle for too long. A call takes the most recently used connection, so the
     * connections beyond the recent maximum in use are those that were idle. All but a few of them are closed.
     */
    public void sweep() {
        heads.forget();
        long now = nanoClock.getAsLong();
        int spare = 0;
        for (WorkerConnection connection : List.copyOf(open)) {
            if (connection.isIdle() && !isStale(connection) && isSpare(connection, now)) {
                spare++;
                if (spare > MAX_SPARE) {
                    connection.close(Reason.DROPPED);
                }
            }
        }
    }

    private static boolean isSpare(WorkerConnection connection, long nowNanos) {
        return nowNanos - connection.idleSinceNanos() > SPARE_AFTER_NANOS;
    }

    /** Cancels everything: the worker was lost. */
    public void close() {
        closed = true;
        List.copyOf(open).forEach(connection -> connection.close(Reason.DROPPED));
        for (Exchange exchange = waiting.poll(); exchange != null; exchange = waiting.poll()) {
            exchange.fail(new AttemptFailure(Reason.DROPPED, null));
        }
    }

    /** Whether nothing is in flight or waiting, so that the connections can be closed. */
    public boolean isQuiet() {
        return waiting.isEmpty() && opening == 0 && open.stream().allMatch(WorkerConnection::isIdle);
    }
}
