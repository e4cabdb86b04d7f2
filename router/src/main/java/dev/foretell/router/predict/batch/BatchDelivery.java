package dev.foretell.router.predict.batch;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.BatchForm;
import dev.foretell.router.predict.attempt.AttemptLoop;
import dev.foretell.router.predict.attempt.AttemptTools;
import dev.foretell.router.predict.call.AttemptHistory;
import dev.foretell.router.predict.call.PredictFailure;
import dev.foretell.router.retry.RetryGate;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.connection.WorkerErrorText;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches to workers that take them, and calls singly otherwise: at workers without batches, after an invalid
 * response, and after an error of a single call. Each event loop has one.
 */
record BatchDelivery(AttemptTools tools) {
    /** Completes when every call has its outcome. */
    Future<?> deliver(EndpointPool pool, List<BatchItem> items) {
        deliver(pool, items, new AttemptHistory(tools.nanoClock()));
        return Future.join(items.stream().map(BatchItem::outcome).toList());
    }

    /** Each chosen worker without batches gets one of the calls. */
    private void deliver(EndpointPool pool, List<BatchItem> items, AttemptHistory past) {
        Deque<BatchItem> rest =
                new ArrayDeque<>(items.stream().filter(BatchItem::isThere).toList());
        while (!rest.isEmpty()) {
            Slot slot = pool.take(0, past.tried()).orElse(null);
            if (slot != null
                    && !slot.isTrial()
                    && rest.size() > 1
                    && rest.size() <= slot.endpoint().batchMax()) {
                together(pool, new ArrayList<>(rest), past, slot);
                return;
            }
            singly(pool, rest.remove(), past, slot);
        }
    }

    private void singly(EndpointPool pool, BatchItem item, AttemptHistory past, @Nullable Slot slot) {
        AttemptLoop loop = loop(pool, item, past.copy());
        Future<WorkerResponse> outcome = slot == null ? loop.run() : loop.run(slot);
        outcome.onSuccess(item::succeed).onFailure(item::fail);
    }

    private AttemptLoop loop(EndpointPool pool, BatchItem item, AttemptHistory own) {
        return new AttemptLoop(tools, pool, item.call(), own);
    }

    private void together(EndpointPool pool, List<BatchItem> items, AttemptHistory past, Slot slot) {
        AttemptHistory silent = past.forHedgeOfSilent(slot.endpoint());
        BatchAttempt trip = new BatchAttempt(items, past.count() + 1, frozen -> hedge(pool, frozen, silent));
        pool.tally().recordBatch(items.size());
        trip.startSpans(pool, slot);
        WorkerCall call = trip.call(pool.model().name(), tools.nanoClock().getAsLong());
        trip.trace(slot.endpoint(), tools.workers().call(slot, call))
                .onComplete(done -> trip.end())
                .onSuccess(response -> onResponse(pool, trip, response, past, slot.endpoint()))
                .onFailure(failure -> onFailure(pool, trip, failure, past, slot.endpoint()));
    }

    /** The worker is silent: each call is hedged singly at another worker once one is ready. */
    private void hedge(EndpointPool pool, BatchAttempt trip, AttemptHistory silent) {
        if (pool.isOtherReady(silent.tried()) && trip.mayBeHedged()) {
            trip.there().forEach(item -> hedge(pool, trip, item, silent));
        }
    }

    /** A failed hedge does not matter, unless its caller has left. */
    private void hedge(EndpointPool pool, BatchAttempt trip, BatchItem item, AttemptHistory silent) {
        if (!pool.tally().beginSilenceHedge()) {
            return;
        }
        loop(pool, item, silent.copy())
                .run()
                .onComplete(done -> pool.tally().endSilenceHedge())
                .onSuccess(item::succeed)
                .onFailure(failure -> {
                    if (item.call().cancellation().reason() != null) {
                        item.fail(failure);
                    }
                })
                .onComplete(done -> trip.oneLeft(Reason.CANCELLED));
    }

    private void onResponse(
            EndpointPool pool, BatchAttempt trip, WorkerResponse response, AttemptHistory past, Endpoint endpoint) {
        List<BatchForm.Answer> answers = answers(response, trip.items().size());
        endpoint.observeBatch(!answers.isEmpty());
        if (answers.isEmpty()) {
            trip.there().forEach(item -> singly(pool, item, past, null));
            return;
        }
        for (int i = 0; i < answers.size(); i++) {
            BatchItem item = trip.items().get(i);
            if (item.isThere()) {
                settle(pool, item, response, answers.get(i), past, endpoint);
            }
        }
    }

    private static List<BatchForm.Answer> answers(WorkerResponse whole, int count) {
        try {
            return whole.status() == 200 ? BatchForm.answers(whole.body().getBytes(), count) : List.of();
        } catch (ServingException garbled) {
            return List.of();
        }
    }

    /** Handles one call's result as if it had come alone. */
    private void settle(
            EndpointPool pool,
            BatchItem item,
            WorkerResponse whole,
            BatchForm.Answer own,
            AttemptHistory past,
            Endpoint endpoint) {
        Reason wrong = AttemptFailure.reasonOf(own.status(), own.status() != 504);
        if (wrong != Reason.DEADLINE || !item.call().deadline().isHasty()) {
            endpoint.observeItem(wrong);
        }
        if (wrong == null) {
            WorkerResponse response =
                    new WorkerResponse(whole.worker(), own.status(), whole.headers(), Buffer.buffer(own.body()));
            item.succeed(response);
            return;
        }
        AttemptFailure failure = failure(wrong, own);
        AttemptHistory history = past.copy().recordBatch(endpoint, failure);
        if (wrong == Reason.FUNCTION_ERROR) {
            history.recordFault(endpoint);
        }
        loop(pool, item, history).runAfter(failure).onSuccess(item::succeed).onFailure(item::fail);
    }

    private static AttemptFailure failure(Reason wrong, BatchForm.Answer own) {
        return wrong == Reason.FUNCTION_ERROR
                ? AttemptFailure.ofFunction(own.status(), WorkerErrorText.of(Buffer.buffer(own.body())))
                : new AttemptFailure(wrong, null);
    }

    /** The batch stays together if it did not reach its worker; calls that failed within it are retried singly. */
    private void onFailure(
            EndpointPool pool, BatchAttempt trip, Throwable failure, AttemptHistory past, Endpoint endpoint) {
        if (failure instanceof AttemptFailure attempt && isNoAnswer(attempt.reason())) {
            endpoint.observeBatch(false);
        }
        List<BatchItem> there = trip.there();
        if (there.isEmpty()) {
            return;
        }
        if (!(failure instanceof AttemptFailure attempt)) {
            there.forEach(item -> item.fail(failure));
        } else if (isOfTheWhole(attempt.reason())) {
            there.forEach(item -> singly(pool, item, past, null));
        } else {
            again(pool, there, attempt, past.copy().recordBatch(endpoint, attempt));
        }
    }

    /** Whether the worker had the batch and failed as a whole (5xx including 504, or an invalid response). */
    private static boolean isOfTheWhole(Reason reason) {
        return isNoAnswer(reason) || reason == Reason.DEADLINE || reason == Reason.FUNCTION_ERROR;
    }

    /** Whether it suggests that the worker does not support batches; a late response does not. */
    private static boolean isNoAnswer(Reason reason) {
        return reason == Reason.ERROR_STATUS
                || reason == Reason.REFUSED
                || reason == Reason.GARBLED
                || reason == Reason.TOO_LONG;
    }

    private void again(EndpointPool pool, List<BatchItem> there, AttemptFailure failure, AttemptHistory more) {
        List<BatchItem> retried = new ArrayList<>();
        for (BatchItem item : there) {
            if (tools.retrier().mayTryAgain(failure, item.call().deadline(), more.attempts())) {
                retried.add(item);
            } else {
                item.fail(explain(pool, failure, more));
            }
        }
        if (!retried.isEmpty()) {
            whenAllowed(pool, retried, failure, more);
        }
    }

    /** Calls that are retried together count as one retry. */
    private void whenAllowed(EndpointPool pool, List<BatchItem> retried, AttemptFailure failure, AttemptHistory more) {
        BatchRetry retry = new BatchRetry(pool, retried, more, tools.scheduler());
        RetryGate gate = tools.retrier().gate(retry);
        gate.next(failure, more.attempts())
                .onSuccess(v -> {
                    deliver(pool, retried, more);
                    Future.join(retried.stream().map(BatchItem::outcome).toList())
                            .onComplete(done -> gate.release());
                })
                .onFailure(why -> retried.forEach(item -> item.fail(retry.explain(failure))));
    }

    private static PredictFailure explain(EndpointPool pool, AttemptFailure failure, AttemptHistory past) {
        return new PredictFailure(failure, pool.model().toString(), past.count());
    }
}
