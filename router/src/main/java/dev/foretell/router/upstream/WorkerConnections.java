package dev.foretell.router.upstream;

import dev.foretell.router.upstream.AttemptFailure.Reason;
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
 * One event loop's connections to one worker. A call takes a connection with room, else waits for one and has one opened,
 * each within a bound. While the worker is fast, calls share connections; see {@link Pace}. Confined to its event loop.
 */
final class WorkerConnections implements WorkerConnection.Owner, Exchange.Place, Silence.Calls {
    /** Connections that were not needed for so long are spare; beyond so many they are closed. */
    private static final long SPARE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int MOST_SPARE = 4;

    private final Endpoint.Address address;
    private final Silence silence;
    private UpstreamConfig config;
    private final NetClient dialer;
    private final LongSupplier nanoClock;
    private final WorkerConnection.Timers timers;
    private final StrayAnswers strays;
    private final Leftovers leftovers;
    private final AnswerMemory memory;
    private final Pace pace = new Pace();
    private final RequestHeads heads = new RequestHeads();
    private final List<WorkerConnection> open = new ArrayList<>();
    private final Deque<WorkerConnection> idle = new ArrayDeque<>();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private int opening;
    private boolean echoes;
    private boolean opensSoon;
    private boolean closed;

    WorkerConnections(
            Endpoint.Address address,
            Silence silence,
            StrayAnswers strays,
            AnswerMemory memory,
            UpstreamConfig config,
            NetClient dialer,
            LongSupplier nanoClock,
            WorkerConnection.Timers timers) {
        this.address = address;
        this.silence = silence;
        this.strays = strays;
        this.memory = memory;
        this.leftovers = new Leftovers(config.maxConnections());
        this.config = config;
        this.dialer = dialer;
        this.nanoClock = nanoClock;
        this.timers = timers;
    }

    void adopt(UpstreamConfig next) {
        config = next;
        leftovers.adopt(next.maxConnections());
        heads.forget();
    }

    /** The head of the requests for a model id at a seat of this worker. */
    RequestHead head(Seat seat, String modelId) {
        return heads.of(seat, modelId, config.authorization());
    }

    void send(Exchange exchange, long nowNanos) {
        silence.watch(this);
        WorkerConnection roomy = exchange.isAlone() ? unused() : withRoom(nowNanos);
        if (roomy != null) {
            roomy.send(exchange, nowNanos);
        } else if (waiting.size() >= config.maxWaiting() || closed) {
            exchange.fail(new AttemptFailure(closed ? Reason.DROPPED : Reason.BUSY, null));
        } else {
            exchange.isAt(this);
            waiting.add(exchange);
            openSoon();
        }
    }

    private @Nullable WorkerConnection withRoom(long nowNanos) {
        int depth = depth();
        if (depth > 1) {
            for (int i = 0; i < open.size(); i++) {
                WorkerConnection connection = open.get(i);
                if (connection.hasRoom(depth, nowNanos)) {
                    return connection;
                }
            }
            return null;
        }
        return unused();
    }

    /** How many calls may be on a connection at once, if the worker echoes on it. */
    private int depth() {
        return echoes ? pace.depth() : 1;
    }

    private @Nullable WorkerConnection unused() {
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

    /** At the end of this turn: a caller who hung up at once needs no connection. */
    private void openSoon() {
        if (!opensSoon) {
            opensSoon = true;
            timers.atEndOfTurn(this::openAsNeeded);
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
        dialer.connect(address.port(), address.host()).onSuccess(this::opened).onFailure(this::notOpened);
        return true;
    }

    private void opened(NetSocket socket) {
        opening--;
        if (closed) {
            socket.close();
            return;
        }
        WorkerConnection connection = new WorkerConnection((NetSocketInternal) socket, this, nanoClock, timers, config);
        open.add(connection);
        free(connection, nanoClock.getAsLong());
    }

    private void notOpened(Throwable failure) {
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
    public void heard() {
        silence.heard();
    }

    /** All calls that are here, those included that nobody waits for any longer. */
    @Override
    public List<Exchange> calls() {
        List<Exchange> calls = new ArrayList<>(waiting);
        open.forEach(connection -> connection.forEachCall(calls::add));
        return calls;
    }

    @Override
    public void answered(long serviceNanos, boolean echoed) {
        echoes = echoed;
        pace.observe(serviceNanos);
    }

    @Override
    public void strayed(StrayAnswers.Kind kind) {
        strays.note(kind);
        pace.distrust();
    }

    @Override
    public boolean mayBeUsedAgain() {
        return !strays.isRecent();
    }

    @Override
    public Leftovers leftovers() {
        return leftovers;
    }

    @Override
    public AnswerMemory memory() {
        return memory;
    }

    /** It was not sent yet. */
    @Override
    public boolean leave(Exchange exchange, Reason why) {
        waiting.remove(exchange);
        return false;
    }

    @Override
    public void sendElsewhere(List<Exchange> notBegun, boolean heldUp) {
        if (heldUp) {
            pace.distrust();
        }
        long now = nanoClock.getAsLong();
        for (Exchange exchange : notBegun) {
            if (exchange.isSettled()) {
                leftovers.remove();
                exchange.dropped();
            } else {
                send(exchange, now);
            }
        }
    }

    @Override
    public void closed(WorkerConnection connection, boolean sharedWhenBroken) {
        open.remove(connection);
        idle.remove(connection);
        if (sharedWhenBroken) {
            pace.neverShareAgain();
        }
        if (!waiting.isEmpty()) {
            openIfAllowed();
        }
    }

    /**
     * Closes the connections that have had nothing to do for too long. A call takes the one that was used last: so those beyond the
     * most that were in use at once during the last seconds are those that have been idle for as long. All but a few of them go.
     */
    void sweep() {
        heads.forget();
        long now = nanoClock.getAsLong();
        int spare = 0;
        for (WorkerConnection connection : List.copyOf(open)) {
            if (connection.isIdle() && !isStale(connection) && isSpare(connection, now)) {
                spare++;
                if (spare > MOST_SPARE) {
                    connection.close(Reason.DROPPED);
                }
            }
        }
    }

    private static boolean isSpare(WorkerConnection connection, long nowNanos) {
        return nowNanos - connection.idleSinceNanos() > SPARE_AFTER_NANOS;
    }

    /** Breaks off everything: the worker was lost. */
    void close() {
        closed = true;
        List.copyOf(open).forEach(connection -> connection.close(Reason.DROPPED));
        for (Exchange exchange = waiting.poll(); exchange != null; exchange = waiting.poll()) {
            exchange.fail(new AttemptFailure(Reason.DROPPED, null));
        }
    }

    /** Whether nothing is in flight or waiting: the connections can be closed without harm. */
    boolean isQuiet() {
        return waiting.isEmpty() && opening == 0 && open.stream().allMatch(WorkerConnection::isIdle);
    }
}
