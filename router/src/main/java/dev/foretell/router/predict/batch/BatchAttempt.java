package dev.foretell.router.predict.batch;

import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.BatchForm;
import dev.foretell.router.predict.call.RouteTrace;
import dev.foretell.router.predict.spans.AttemptSpan;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.CallOrigin;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** One attempt of a batch at a worker; cancelled when the last of its calls has left. Confined to its event loop. */
final class BatchAttempt implements WorkerCall.Recipient {
    private final List<BatchItem> items;
    private final Cancellation cancellation = new Cancellation();
    private final CallOrigin origin = CallOrigin.own();
    private final Consumer<BatchAttempt> onSilence;
    /** Those of its calls that are recorded. */
    private List<AttemptSpan> spans = List.of();

    private boolean hedged;

    /**
     * @param tries the number of workers that the calls were sent to, including this one
     * @param onSilence called if the worker is silent
     */
    BatchAttempt(List<BatchItem> items, int tries, Consumer<BatchAttempt> onSilence) {
        this.items = List.copyOf(items);
        this.onSilence = onSilence;
        items.forEach(item -> item.travelsWith(this::oneLeft, tries));
    }

    List<BatchItem> items() {
        return items;
    }

    /** The calls that have not left. */
    List<BatchItem> there() {
        return items.stream().filter(BatchItem::isThere).toList();
    }

    /** Starts the spans of the calls that are recorded: each in its own trace, linked to the first one. */
    void startSpans(EndpointPool pool, Slot slot) {
        spans = items.stream()
                .map(item -> item.call().context().spans().batch(pool, slot, items.size()))
                .filter(AttemptSpan::isOn)
                .toList();
        spans.stream().skip(1).forEach(span -> span.link(spans.get(0)));
    }

    /** The worker gets the longest deadline of the calls, and the first of the spans. */
    WorkerCall call(String modelId, long nowNanos) {
        List<byte[]> bodies =
                items.stream().map(item -> item.call().data().getBytes()).toList();
        Deadline latest = items.stream()
                .map(item -> item.call().deadline())
                .max(Comparator.comparingLong(deadline -> deadline.remainingNanos(nowNanos)))
                .orElseThrow();
        items.forEach(item -> item.call().context().origin().joins(origin));
        return new WorkerCall(
                modelId,
                Buffer.buffer(BatchForm.request(bodies)),
                latest,
                spans.isEmpty() ? origin : spans.get(0).origin(origin),
                RequestOptions.ofBatch(items.size()),
                this);
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void onSilence(WorkerCall.Waiting call) {
        onSilence.accept(this);
    }

    /** Records it in the traces of the calls that have one. */
    Future<WorkerResponse> trace(Endpoint endpoint, Future<WorkerResponse> sent) {
        for (BatchItem item : items) {
            item.call().context().recordAttempt(endpoint.worker());
            RouteTrace trace = item.call().trace();
            trace.onBatch();
            trace.attempt(endpoint, sent);
        }
        spans.forEach(span -> span.follow(sent));
        return sent;
    }

    /** Whether its calls may be hedged at other workers; true once. */
    boolean mayBeHedged() {
        boolean may = !hedged;
        hedged = true;
        return may;
    }

    /** When no call is left, nobody waits for the worker. */
    void oneLeft(Reason why) {
        if (items.stream().noneMatch(BatchItem::isThere)) {
            cancellation.abort(why);
        }
    }

    void end() {
        cancellation.finish();
    }
}
