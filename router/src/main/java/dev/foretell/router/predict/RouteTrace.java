package dev.foretell.router.predict;

import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.Seat;
import dev.foretell.router.upstream.SeatView;
import dev.foretell.router.upstream.WorkerAnswer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The way of one call, written down for a caller that asked for it. Confined to the call's event loop. */
public sealed class RouteTrace {
    /** Of a call whose caller did not ask: notes nothing. */
    public static final RouteTrace OFF = new Off();

    private final LongSupplier nanoClock;
    private final List<AttemptTrace> attempts = new ArrayList<>(2);
    private @Nullable EndpointPool pool;
    private List<SeatView> candidates = List.of();
    private long arrivedNanos;
    private long queuedNanos;
    private boolean queued;
    private boolean batched;
    private boolean cached;
    private @Nullable String fallback;

    public RouteTrace(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    void arrived(EndpointPool at, PredictCall call) {
        pool = at;
        arrivedNanos = nanoClock.getAsLong();
        look(at, call);
    }

    void queued() {
        queued = true;
    }

    /** A worker is to be chosen now: it may have waited, and things may have changed. */
    void admitted(EndpointPool at, PredictCall call) {
        queuedNanos = queued ? nanoClock.getAsLong() - arrivedNanos : 0;
        look(at, call);
    }

    private void look(EndpointPool at, PredictCall call) {
        candidates = at.view(at.isKeyed() ? call.key() : 0);
    }

    void batched() {
        batched = true;
    }

    void attempt(Seat seat, Future<WorkerAnswer> sent) {
        AttemptTrace attempt = new AttemptTrace(seat.worker(), nanoClock.getAsLong());
        attempts.add(attempt);
        sent.onComplete(result -> attempt.ended(result, nanoClock.getAsLong()));
    }

    void cached() {
        cached = true;
    }

    void fellBack(String kind, String reason) {
        fallback = kind + "; reason=" + reason;
    }

    /** Whether the caller asked for it. */
    public boolean isOn() {
        return true;
    }

    /** Where the call came to; empty where it came nowhere. */
    public Optional<EndpointPool> pool() {
        return Optional.ofNullable(pool);
    }

    /** The model's workers when one of them was to be chosen. */
    public List<SeatView> candidates() {
        return candidates;
    }

    public List<AttemptTrace> attempts() {
        return attempts;
    }

    public boolean isQueued() {
        return queued;
    }

    public long queuedNanos() {
        return queuedNanos;
    }

    public boolean isBatched() {
        return batched;
    }

    public boolean isCached() {
        return cached;
    }

    /** As in the header; empty where the answer is the model's own. */
    public Optional<String> fallback() {
        return Optional.ofNullable(fallback);
    }

    private static final class Off extends RouteTrace {
        private Off() {
            super(() -> 0);
        }

        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        void arrived(EndpointPool at, PredictCall call) {}

        @Override
        void queued() {}

        @Override
        void admitted(EndpointPool at, PredictCall call) {}

        @Override
        void batched() {}

        @Override
        void attempt(Seat seat, Future<WorkerAnswer> sent) {}

        @Override
        void cached() {}

        @Override
        void fellBack(String kind, String reason) {}
    }
}
