package dev.foretell.router.upstream.pool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.Scheduler;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.balance.Candidate;
import dev.foretell.router.balance.RandomBits;
import dev.foretell.router.upstream.breaker.BatchTrust;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import dev.foretell.router.upstream.breaker.BusyTime;
import dev.foretell.router.upstream.breaker.EndpointBreaker;
import dev.foretell.router.upstream.breaker.FunctionFaults;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.measure.LastChange;
import dev.foretell.router.upstream.measure.LatencyEwma;
import dev.foretell.router.upstream.measure.TailLatency;
import dev.foretell.router.upstream.measure.TimedFlag;
import dev.foretell.router.upstream.measure.UsualLatency;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A worker's place in one model's pool: how to call the model there, its latency and its failures. Thread-safe. */
public final class Endpoint implements Candidate, Patience {
    private final ModelKey model;
    private final WorkerEntry entry;
    private final WorkerId worker;
    private final long identity;
    private final WorkerHost host;
    private final EndpointPool pool;
    private final Samples samples;
    private final EndpointBreaker breaker;
    private final LatencyEwma latency = new LatencyEwma();
    private final EndpointTally tally = new EndpointTally();
    private final UsualLatency usual = new UsualLatency();
    private final TailLatency tail = new TailLatency();
    private final LongAdder failures = new LongAdder();
    private final LongAdder ejections = new LongAdder();
    private final LongSupplier nanoClock;
    private final BusyTime busy;
    private final BatchTrust batches;
    private final FunctionFaults functionFaults;
    private final RefusalNotice refusal = new RefusalNotice();
    private final TimedFlag leaseLost;
    private final TimedFlag draining;
    private final Warmth warmth;
    private volatile @Nullable LastFailure lastFailure;

    /** The warm-up samples of a model's endpoints. */
    interface Samples {
        /** @param given the sample in the worker's index */
        @Nullable
        String of(ModelKey model, @Nullable JsonNode given);
    }

    /** What all endpoints have in common. */
    record Context(Vertx vertx, BreakerConfig breaker, Samples samples, LongSupplier nanoClock) {}

    Endpoint(EndpointPool pool, WorkerEntry entry, WorkerHost host, Context context) {
        Vertx vertx = context.vertx();
        BreakerConfig config = context.breaker();
        this.model = pool.model();
        this.entry = entry;
        this.worker = entry.id();
        this.identity = StableHash.of(worker.toString());
        this.host = host;
        this.pool = pool;
        this.samples = context.samples();
        this.nanoClock = context.nanoClock();
        this.warmth = new Warmth(host, nanoClock);
        this.leaseLost = new TimedFlag(nanoClock);
        this.draining = new TimedFlag(nanoClock);
        this.breaker = new EndpointBreaker(
                vertx,
                config,
                nanoClock,
                RandomBits.PER_THREAD,
                open -> pool.ejectIfAllowed(config.shares().maxEjected(), open),
                () -> pool.breakerMoved(this));
        this.functionFaults = new FunctionFaults(config.threshold().window());
        Scheduler scheduler = (millis, action) -> vertx.setTimer(millis, timer -> action.run());
        this.busy = new BusyTime(scheduler, nanoClock, pool::busyMoved);
        this.batches = new BatchTrust(this, scheduler, pool::batchTrustMoved);
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

    public WorkerHost host() {
        return host;
    }

    public boolean isEjected() {
        return breaker.state() != EndpointBreaker.State.CLOSED;
    }

    /** When its ejection ends, on the monotonic clock; then trial calls test it. */
    public long ejectionEndNanos() {
        return breaker.openUntilNanos();
    }

    boolean isOnTrial() {
        return breaker.state() == EndpointBreaker.State.HALF_OPEN;
    }

    /** When it was last ejected or readmitted. */
    public LastChange ejection() {
        return breaker.change();
    }

    public boolean isLeaseLost() {
        return leaseLost.isSet();
    }

    /** When its lease was last lost or found again. */
    public LastChange lease() {
        return leaseLost.change();
    }

    /** The effective percentage of its share. */
    public long warmthPercent() {
        return warmth.percent();
    }

    /** Whether a drain order keeps new calls away. */
    public boolean isDraining() {
        return draining.isSet();
    }

    /** When it was last drained or undrained. */
    public LastChange drainOrder() {
        return draining.change();
    }

    void setDraining(boolean ordered) {
        draining.set(ordered);
    }

    /** Whether its worker is available but has no function for the model. */
    public boolean hasNoFunction() {
        return host.isUp() && path(model.name()) == null;
    }

    /** Whether it can take calls, apart from ejection and warm-up. */
    public boolean isAvailable() {
        return host.isUp() && !isLeaseLost() && !isDraining() && path(model.name()) != null;
    }

    public boolean isRoutable() {
        return isAvailable() && !isEjected() && !isWarming();
    }

    /** Whether calls wait for its warm-up, if they can. */
    public boolean isWarming() {
        return !warmth.isWarm() && isAvailable() && sample() != null;
    }

    /** The warm-up sample; null without one. */
    public @Nullable String sample() {
        WorkerIndex index = host.index();
        return samples.of(
                model,
                index == null
                        ? null
                        : index.functionFor(model.name(), entry.function())
                                .map(WorkerIndex.Function::sample)
                                .orElse(null));
    }

    /** Whether to start its warm-up; true once per arrival. An available endpoint without a sample needs no warm-up. */
    boolean isDueForWarmUp() {
        return !warmth.isBegun() && isAvailable() && warmth.begin(sample() != null);
    }

    /** When it was last warmed up. */
    public LastChange warmUp() {
        return warmth.lastWarmUp();
    }

    /** Takes over the state of the endpoint that it replaces, including its warmth if that still applies. */
    void takeOver(Endpoint before) {
        draining.setAs(before.draining);
        leaseLost.setAs(before.leaseLost);
        leaseLost.set(entry.leaseMs() != null && before.isLeaseLost());
        warmth.takeOver(before.warmth);
    }

    /** It is warm, or needs no warm-up, for this arrival: it gets calls, a few at first. */
    public void onWarmUp(int arrival) {
        warmth.complete(arrival);
        pool.refresh();
    }

    public EndpointBreaker breaker() {
        return breaker;
    }

    /** The worker asked for no calls for this time; zero means that it did not. */
    public void leaveAlone(Duration length) {
        if (!length.isZero()) {
            busy.begin(length);
        }
    }

    /** The period in which the worker asked for no calls. */
    public BusyTime busy() {
        return busy;
    }

    public LatencyEwma latency() {
        return latency;
    }

    /** The outcomes of its requests. */
    public EndpointTally tally() {
        return tally;
    }

    public UsualLatency usual() {
        return usual;
    }

    public TailLatency tail() {
        return tail;
    }

    /** How long its worker may be silent while it has one of its calls; negative if unknown. */
    @Override
    public long patienceNanos() {
        long own = tail.p99Nanos(TailLatency.ENOUGH);
        long patience = host.suspicion().patienceNanos(own, host.isAttentive());
        return patience < 0 && host.suspicion().isLate() ? patienceNanosByOthers() : patience;
    }

    private long patienceNanosByOthers() {
        long patience = Suspicion.patienceNanosByOthers(pool.p99NanosOfOthers(this));
        return patience < 0 ? Suspicion.patienceNanosByFew(pool.slowestNanos()) : patience;
    }

    @Override
    public long probeAfterNanos() {
        return Suspicion.probeAfterNanos(usual.nanos());
    }

    /** Failed attempts here since the router started; "busy" does not count. */
    public long failures() {
        return failures.sum();
    }

    public void recordFailure() {
        failures.increment();
    }

    /** The latest failed attempt here; null if there is none. */
    public @Nullable LastFailure lastFailure() {
        return lastFailure;
    }

    public void recordFailure(AttemptFailure how) {
        if (how.reason().countsAgainstWorker()) {
            recordFailure();
        }
        if (how.reason().isOfWorker()) {
            lastFailure = new LastFailure(model, how, nanoClock.getAsLong());
        }
    }

    /** The function failed here on an input; it is not known yet whether the worker is at fault. */
    public void functionFailed(long nowNanos) {
        functionFaults.add(nowNanos);
    }

    /** The recent failures of the function here, and the number of calls. */
    FunctionFaults.Share functionFaults(long nowNanos) {
        return functionFaults.share(breaker.calls(nowNanos), nowNanos);
    }

    /**
     * Whether the function fails far more often here than at the model's other workers, if there are enough calls to
     * tell.
     */
    public boolean doOthersFailLess(long nowNanos) {
        return pool.doOthersFailLess(this, nowNanos);
    }

    /** Whether it is known to fail as often there. */
    boolean doOthersFailAsOften(long nowNanos) {
        return pool.doOthersFailAsOften(this, nowNanos);
    }

    /** Logs for the operator that the worker refuses requests, once until it responds normally again. */
    public void recordRefusal(int status) {
        refusal.begin(this, status);
    }

    public void clearRefusal() {
        refusal.end();
    }

    /** The number of its ejections since the router started. */
    public long ejections() {
        return ejections.sum();
    }

    void recordEjection() {
        ejections.increment();
    }

    void setLeaseLost(boolean lost) {
        leaseLost.set(lost);
    }

    /**
     * The path for a model id: the worker's function of that name, or the path of the registered model. Null if the
     * worker has several functions and none of them fits.
     */
    public @Nullable String path(String modelId) {
        WorkerIndex index = host.index();
        if (index == null) {
            return "/" + (entry.function() == null ? model.name() : entry.function());
        }
        WorkerIndex.Function named = isHosted() ? null : index.functions().get(modelId);
        return named != null
                ? named.path()
                : index.pathFor(model.name(), entry.function()).orElse(null);
    }

    /** Whether it belongs to a model file at a host. */
    boolean isHosted() {
        return entry.function() != null && Hosting.isHosted(entry.function());
    }

    /** The maximum batch size that the worker announces and supports; 1 without batches. */
    public int batchMax() {
        WorkerIndex index = host.index();
        return index == null || batches.isLost()
                ? 1
                : index.functionFor(model.name(), entry.function())
                        .map(WorkerIndex.Function::batchMax)
                        .orElse(1);
    }

    /** Records whether a batch got a valid response, with one result per call. */
    public void observeBatch(boolean right) {
        if (right) {
            batches.right();
        } else {
            batches.wrong();
        }
    }

    /**
     * Records the outcome of one call of a batch, null for a success; the breaker counts each call as if it were
     * single.
     */
    public void observeItem(AttemptFailure.@Nullable Reason wrong) {
        if (wrong == null) {
            breaker.record(false, nanoClock.getAsLong());
            return;
        }
        recordFailure(new AttemptFailure(wrong, null));
        if (wrong.countsAgainstWorker()) {
            breaker.record(true, nanoClock.getAsLong());
        }
    }

    @Override
    public int inFlight() {
        return host.inFlight();
    }

    @Override
    public double latencyNanos() {
        return latency.nanos(nanoClock.getAsLong());
    }

    @Override
    public int weight() {
        return (int) (entry.share() * warmthPercent());
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
