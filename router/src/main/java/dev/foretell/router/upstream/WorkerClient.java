package dev.foretell.router.upstream;

import dev.foretell.router.upstream.AttemptFailure.Reason;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls workers over HTTP: the only class that does. Each event loop has one of its own, with its own connections, so that
 * a call never changes threads. Notes of each attempt how it went: latency, failures, suspicion.
 */
public final class WorkerClient {
    private static final long FAILURE_PENALTY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LINGER_MILLIS = 100;

    private UpstreamConfig config;
    private final LongSupplier nanoClock;
    private final NetClient dialer;
    private final WorkerConnection.Timers timers;
    private final Map<Endpoint, WorkerConnections> workers = new IdentityHashMap<>();
    private final Set<Endpoint> watched = Collections.newSetFromMap(new IdentityHashMap<>());

    /** To be made on the event loop that it is for. */
    public WorkerClient(Vertx vertx, UpstreamConfig config, LongSupplier nanoClock) {
        this.config = config;
        this.nanoClock = nanoClock;
        this.dialer = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis()));
        this.timers = new LoopTimers(vertx, vertx.getOrCreateContext());
        timers.after(config.keepAlive().toMillis(), this::sweep);
    }

    /** Goes by other settings from now on; to be called on its own event loop. */
    public void adopt(UpstreamConfig next) {
        config = next;
        workers.values().forEach(connections -> connections.adopt(next));
    }

    /** The timers of one event loop. */
    private record LoopTimers(Vertx vertx, Context loop) implements WorkerConnection.Timers {
        @Override
        public void atEndOfTurn(Runnable action) {
            loop.runOnContext(v -> action.run());
        }

        @Override
        public void after(long millis, Runnable action) {
            loop.runOnContext(v -> vertx.setTimer(millis, timer -> action.run()));
        }
    }

    /** Sends a call to the slot's worker and releases the slot. Fails with an {@link AttemptFailure}. */
    public Future<WorkerAnswer> call(Slot slot, WorkerCall call) {
        long start = nanoClock.getAsLong();
        return exchange(slot.seat(), call).andThen(result -> settle(slot, call, result, start));
    }

    private Future<WorkerAnswer> exchange(Seat seat, WorkerCall call) {
        Reason aborted = call.abort().reason();
        if (aborted != null) {
            return Future.failedFuture(new AttemptFailure(aborted, null));
        }
        Exchange exchange = new Exchange(seat.worker(), seat.head(call.modelId(), config.authorization()), call);
        call.abort().attempting(exchange::abort);
        connections(seat.endpoint()).send(exchange);
        return exchange.outcome();
    }

    private void settle(Slot slot, WorkerCall call, AsyncResult<WorkerAnswer> result, long start) {
        AnswerStream rest = result.succeeded() ? result.result().rest() : null;
        if (rest != null) {
            follow(slot, call, rest, start);
            return;
        }
        slot.release();
        long now = nanoClock.getAsLong();
        Seat seat = slot.seat();
        if (result.succeeded()) {
            seat.breaker().record(false, now);
            if (result.result().status() < 300 && call.upload() == null) {
                seat.latency().observe(now - start, now);
            }
        } else if (result.cause() instanceof AttemptFailure failure) {
            settleFailed(slot, failure, start, now);
        }
        TrialVerdict trial = slot.trial();
        if (trial != null) {
            settleTrial(trial, result.cause());
        }
    }

    private static void settleFailed(Slot slot, AttemptFailure failure, long start, long now) {
        Seat seat = slot.seat();
        if (failure.reason().countsAgainstWorker()) {
            seat.failed();
            seat.breaker().record(true, now);
            seat.latency().observe(Math.max(FAILURE_PENALTY_NANOS, now - start), now);
        }
        switch (failure.reason()) {
            case UNREACHABLE, DROPPED -> seat.endpoint().suspect();
            case BUSY -> seat.leaveAlone(RetryAfter.of(failure.retryAfter(), Instant.now()));
            case OVERTAKEN -> overtaken(slot, start, now);
            case GARBLED, ERROR_STATUS, DEADLINE, CANCELLED -> {}
        }
    }

    /** A second copy was faster: no fault, but a sign of how slow the worker is. A trial that takes so long failed. */
    private static void overtaken(Slot slot, long start, long now) {
        slot.seat().latency().observeAtLeast(now - start, now);
        if (slot.isTrial()) {
            slot.seat().failed();
        }
    }

    /** "Busy" is no failure here either: the worker is there again, and says what it can take. */
    private static void settleTrial(TrialVerdict trial, @Nullable Throwable failure) {
        Reason wrong = failure instanceof AttemptFailure attempt ? attempt.reason() : null;
        if (failure == null || wrong == Reason.BUSY) {
            trial.passed();
        } else if (wrong == null || wrong == Reason.CANCELLED) {
            trial.givenBack();
        } else {
            trial.failed();
        }
    }

    /** A stream keeps its slot to the end; how fast its worker is, its head has told. */
    private void follow(Slot slot, WorkerCall call, AnswerStream rest, long start) {
        Seat seat = slot.seat();
        long headAt = nanoClock.getAsLong();
        seat.latency().observe(headAt - start, headAt);
        rest.onEnd(end -> {
            slot.release();
            boolean broken = end == AnswerStream.End.BROKEN_OFF;
            seat.breaker().record(broken, nanoClock.getAsLong());
            if (broken) {
                seat.failed();
                seat.endpoint().suspect();
            }
        });
        if (call.abort().reason() != null) {
            rest.giveUp(AnswerStream.End.CANCELLED);
        }
    }

    private WorkerConnections connections(Endpoint endpoint) {
        WorkerConnections existing = workers.get(endpoint);
        return existing != null ? existing : open(endpoint);
    }

    private WorkerConnections open(Endpoint endpoint) {
        WorkerConnections connections = new WorkerConnections(endpoint.address(), config, dialer, nanoClock, timers);
        workers.put(endpoint, connections);
        if (watched.add(endpoint)) {
            endpoint.onLoss(() -> timers.atEndOfTurn(() -> drop(endpoint)));
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
        timers.after(config.keepAlive().toMillis(), this::sweep);
    }
}
