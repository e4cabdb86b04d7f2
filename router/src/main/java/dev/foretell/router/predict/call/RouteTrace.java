package dev.foretell.router.predict.call;

import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The trace of one call, for a caller that requested it. Confined to the call's event loop. */
public sealed class RouteTrace {
    /** For calls without a trace: records nothing. */
    public static final RouteTrace OFF = new Off();

    private final LongSupplier nanoClock;
    private final List<AttemptTrace> attempts = new ArrayList<>(2);
    private @Nullable EndpointPool pool;
    private List<EndpointView> candidates = List.of();
    private long arrivedNanos;
    private long queuedNanos;
    private boolean queued;
    private boolean batched;
    private boolean cached;
    private @Nullable String fallback;

    public RouteTrace(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    public void onArrival(EndpointPool at, PredictCall call) {
        pool = at;
        arrivedNanos = nanoClock.getAsLong();
        look(at, call);
    }

    void onQueue() {
        queued = true;
    }

    /** A worker is about to be chosen. The call may have waited, so the candidates are recorded now. */
    public void onAdmission(EndpointPool at, PredictCall call) {
        queuedNanos = queued ? nanoClock.getAsLong() - arrivedNanos : 0;
        look(at, call);
    }

    private void look(EndpointPool at, PredictCall call) {
        candidates = at.view(at.isKeyed() ? call.key() : 0);
    }

    public void onBatch() {
        batched = true;
    }

    public void attempt(Endpoint endpoint, Future<WorkerResponse> sent) {
        AttemptTrace attempt = new AttemptTrace(endpoint.worker(), nanoClock.getAsLong());
        attempts.add(attempt);
        sent.onComplete(result -> attempt.onEnd(result, nanoClock.getAsLong()));
    }

    public void onCacheHit() {
        cached = true;
    }

    public void onFallback(String kind, String reason) {
        fallback = kind + "; reason=" + reason;
    }

    /** Whether the caller requested it. */
    public boolean isOn() {
        return true;
    }

    /** The pool of the call; empty if it reached none. */
    public Optional<EndpointPool> pool() {
        return Optional.ofNullable(pool);
    }

    /** The model's workers at the time of the choice. */
    public List<EndpointView> candidates() {
        return candidates;
    }

    public List<AttemptTrace> attempts() {
        return attempts;
    }

    public boolean isQueued() {
        return queued;
    }

    public long queueNanos() {
        return queuedNanos;
    }

    public boolean isBatched() {
        return batched;
    }

    public boolean isCached() {
        return cached;
    }

    /** The fallback as in the header; empty if the response is the model's own. */
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
        public void onArrival(EndpointPool at, PredictCall call) {}

        @Override
        void onQueue() {}

        @Override
        public void onAdmission(EndpointPool at, PredictCall call) {}

        @Override
        public void onBatch() {}

        @Override
        public void attempt(Endpoint endpoint, Future<WorkerResponse> sent) {}

        @Override
        public void onCacheHit() {}

        @Override
        public void onFallback(String kind, String reason) {}
    }
}
