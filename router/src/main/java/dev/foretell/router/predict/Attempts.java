package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.Seat;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerCall;
import dev.foretell.router.upstream.WorkerClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The attempts of one call: never the same worker twice while there is another. Confined to the call's event loop. */
final class Attempts implements IntFunction<Future<WorkerAnswer>> {
    private final EndpointPool pool;
    private final WorkerClient workers;
    private final PredictCall call;
    private final long key;
    private final List<Seat> tried = new ArrayList<>(2);
    private final List<Seat> dropped = new ArrayList<>(0);
    private @Nullable AttemptFailure last;
    private @Nullable Slot first;
    private boolean again;

    /** @param first the slot for the next attempt, where there is one already */
    Attempts(EndpointPool pool, WorkerClient workers, PredictCall call, Past past, @Nullable Slot first) {
        this.pool = pool;
        this.workers = workers;
        this.call = call;
        this.key = pool.isKeyed() ? call.key() : 0;
        this.tried.addAll(past.tried());
        this.dropped.addAll(past.dropped());
        this.last = past.last();
        this.first = first;
    }

    @Override
    public Future<WorkerAnswer> apply(int number) {
        Slot given = first;
        if (given != null) {
            first = null;
            return send(given);
        }
        AttemptFailure.Reason aborted = call.abort().reason();
        if (aborted != null) {
            return Future.failedFuture(new AttemptFailure(aborted, null));
        }
        if (last != null && call.isSpent()) {
            return Future.failedFuture(last);
        }
        Optional<Slot> slot = pool.take(key, tried);
        if (slot.isPresent()) {
            return send(slot.get());
        }
        return tried.isEmpty() ? afterFirstProbes() : onceMoreOverANewConnection();
    }

    private Future<WorkerAnswer> send(Slot slot) {
        tried.add(slot.seat());
        return workers.call(
                        slot,
                        new WorkerCall(call.modelId(), call.data(), call.deadline(), call.abort(), 0, call.form()))
                .onFailure(failure -> remember(slot.seat(), failure))
                .recover(this::elsewhereIfUnreachable);
    }

    private void remember(Seat seat, Throwable failure) {
        if (failure instanceof AttemptFailure attempt) {
            last = attempt;
            if (attempt.reason() == AttemptFailure.Reason.DROPPED) {
                dropped.add(seat);
            }
        }
    }

    /** A worker that could not be reached never had the call: the next takes its place, and no attempt is used up. */
    private Future<WorkerAnswer> elsewhereIfUnreachable(Throwable failure) {
        boolean unreachable = failure instanceof AttemptFailure attempt
                && attempt.reason() == AttemptFailure.Reason.UNREACHABLE
                && call.abort().reason() == null;
        return (unreachable ? pool.take(key, tried) : Optional.<Slot>empty())
                .map(this::send)
                .orElseGet(() -> Future.failedFuture(failure));
    }

    /** A pool whose workers have only just been registered offers none before its first probes are back. */
    private Future<WorkerAnswer> afterFirstProbes() {
        Context loop = Vertx.currentContext();
        Promise<Void> probed = Promise.promise();
        pool.probed().onComplete(done -> loop.runOnContext(v -> probed.complete()));
        return probed.future()
                .compose(v -> pool.take(key, tried).map(this::send).orElseGet(this::noWorker));
    }

    /** With no other worker left: one may have closed an idle connection just as the call went out on it. */
    private Future<WorkerAnswer> onceMoreOverANewConnection() {
        List<Seat> others =
                tried.stream().filter(seat -> !dropped.contains(seat)).toList();
        boolean mayHelp = !again && !dropped.isEmpty();
        again = true;
        return mayHelp ? pool.take(key, others).map(this::send).orElseGet(this::noWorker) : noWorker();
    }

    private Future<WorkerAnswer> noWorker() {
        return Future.failedFuture(
                last != null
                        ? last
                        : new ServingException(
                                FailureKind.NO_WORKER, pool.model() + ": " + NoWorkerReason.of(pool.seats())));
    }

    /** A worker's answer, with what it took to get it. */
    Delivered delivered(WorkerAnswer answer) {
        return new Delivered(answer, tried.size());
    }

    /** The failure as the caller is told of it. */
    Throwable explained(Throwable failure) {
        return failure instanceof ServingException serving
                ? new PredictFailure(serving, pool.model().toString(), tried.size())
                : failure;
    }
}
