package dev.foretell.router.upstream;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.balance.Candidate;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A worker's place in one model's pool: how the model is called there, how fast it was and how well it went. Thread-safe. */
public final class Seat implements Candidate {
    private final ModelKey model;
    private final WorkerEntry entry;
    private final WorkerId worker;
    private final long identity;
    private final Endpoint endpoint;
    private final EndpointBreaker breaker;
    private final LatencyEwma latency = new LatencyEwma();
    private final LongAdder failures = new LongAdder();
    private final LongSupplier nanoClock;
    private volatile boolean leaseLost;
    private volatile @Nullable RequestHead head;

    Seat(
            Vertx vertx,
            EndpointPool pool,
            WorkerEntry entry,
            Endpoint endpoint,
            BreakerConfig config,
            LongSupplier nanoClock) {
        this.model = pool.model();
        this.entry = entry;
        this.worker = entry.id();
        this.identity = StableHash.of(worker.toString());
        this.endpoint = endpoint;
        this.nanoClock = nanoClock;
        this.breaker = new EndpointBreaker(
                vertx,
                config,
                nanoClock,
                open -> pool.ejectIfAllowed(config.maxEjected(), open),
                () -> pool.breakerMoved(this));
    }

    public ModelKey model() {
        return model;
    }

    public WorkerEntry entry() {
        return entry;
    }

    public WorkerId worker() {
        return worker;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public boolean isEjected() {
        return breaker.state() != EndpointBreaker.State.CLOSED;
    }

    public boolean isLeaseLost() {
        return leaseLost;
    }

    /** Whether calls may be sent here, an ejection aside. */
    boolean isAvailable() {
        return endpoint.isUp() && !leaseLost && path(model.name()) != null;
    }

    public boolean isRoutable() {
        return isAvailable() && !isEjected();
    }

    EndpointBreaker breaker() {
        return breaker;
    }

    LatencyEwma latency() {
        return latency;
    }

    /** Attempts that failed here since the router started; "busy" is no failure. */
    public long failures() {
        return failures.sum();
    }

    void failed() {
        failures.increment();
    }

    void leaseLost(boolean lost) {
        leaseLost = lost;
    }

    /**
     * Where this model id is called: at the worker's function of that name, or the way the registered model is. Null where
     * the worker serves several functions and none of them fits.
     */
    @Nullable
    String path(String modelId) {
        WorkerIndex index = endpoint.index();
        if (index == null) {
            return "/" + (entry.function() == null ? model.name() : entry.function());
        }
        WorkerIndex.Function named = index.functions().get(modelId);
        return named != null
                ? named.path()
                : index.pathFor(model.name(), entry.function()).orElse(null);
    }

    /** Most calls of the model that the worker says it takes at once; 1 where it takes them singly. */
    public int batchMax() {
        WorkerIndex index = endpoint.index();
        return index == null
                ? 1
                : index.functionFor(model.name(), entry.function())
                        .map(WorkerIndex.Function::batchMax)
                        .orElse(1);
    }

    /** Takes note of how one call of a batch went, null for well: for the breaker each counts, as it would alone. */
    public void observeItem(AttemptFailure.@Nullable Reason wrong) {
        if (wrong == null) {
            breaker.record(false, nanoClock.getAsLong());
        } else if (wrong.countsAgainstWorker()) {
            failed();
            breaker.record(true, nanoClock.getAsLong());
        }
    }

    /** The head of requests for this model id, made once for the model's own. */
    RequestHead head(String modelId, @Nullable String authorization) {
        String path = path(modelId);
        String target = path == null ? "/" + model.name() : path;
        WorkerIndex index = endpoint.index();
        RequestHead known = head;
        if (known == null || !known.isFor(target, index)) {
            known = new RequestHead(endpoint.address(), target, index, authorization);
            head = known;
        }
        return known;
    }

    @Override
    public int inFlight() {
        return endpoint.inFlight();
    }

    @Override
    public double latencyNanos() {
        return latency.nanos(nanoClock.getAsLong());
    }

    @Override
    public int weight() {
        return (int) (entry.share() * endpoint.warmthPercent());
    }

    @Override
    public long identity() {
        return identity;
    }

    @Override
    public String toString() {
        return model + " at " + worker;
    }
}
