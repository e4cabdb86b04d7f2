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

/** A worker's place in one model's pool: how the model is called there, how fast it was and how well it went. Thread-safe. */
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
    private volatile int warmedArrival;
    private volatile long servesSinceNanos;
    private int begunArrival;
    private volatile @Nullable LastFailure lastFailure;

    /** What the endpoints of a model are warmed up with. */
    interface Samples {
        /** @param said what the worker's index says */
        @Nullable
        String of(ModelKey model, @Nullable JsonNode said);
    }

    Endpoint(
            Vertx vertx,
            EndpointPool pool,
            WorkerEntry entry,
            WorkerHost host,
            BreakerConfig config,
            Samples samples,
            LongSupplier nanoClock) {
        this.model = pool.model();
        this.entry = entry;
        this.worker = entry.id();
        this.identity = StableHash.of(worker.toString());
        this.host = host;
        this.pool = pool;
        this.samples = samples;
        this.servesSinceNanos = host.upSinceNanos();
        this.nanoClock = nanoClock;
        this.leaseLost = new TimedFlag(nanoClock);
        this.draining = new TimedFlag(nanoClock);
        this.breaker = new EndpointBreaker(
                vertx,
                config,
                nanoClock,
                RandomBits.PER_THREAD,
                open -> pool.ejectIfAllowed(config.maxEjected(), open),
                () -> pool.breakerMoved(this));
        this.functionFaults = new FunctionFaults(config.window());
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

    /** Until when it is ejected, on the monotonic clock: then trial calls show whether it is well again. */
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

    /** Percent of its share that it gets. */
    public long warmthPercent() {
        return host.warmthPercent(servesSinceNanos);
    }

    /** Whether it is to get no new calls, by order. */
    public boolean isDraining() {
        return draining.isSet();
    }

    /** When that was last ordered or taken back. */
    public LastChange drainOrder() {
        return draining.change();
    }

    void setDraining(boolean ordered) {
        draining.set(ordered);
    }

    /** Whether its worker is there, and has no function that the model could be. */
    public boolean hasNoFunction() {
        return host.isUp() && path(model.name()) == null;
    }

    /** Whether calls may be sent here, ejection and warm-up aside. */
    public boolean isAvailable() {
        return host.isUp() && !isLeaseLost() && !isDraining() && path(model.name()) != null;
    }

    public boolean isRoutable() {
        return isAvailable() && !isEjected() && !isWarming();
    }

    /** Whether calls wait, where they can, until it is warm. */
    public boolean isWarming() {
        return warmedArrival != host.arrivals() && isAvailable() && sample() != null;
    }

    /** The body that it is warmed up with; null for none. */
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

    /** Whether its warm-up is due, said once for each arrival; one that is available without a sample needs none. */
    boolean isDueForWarmUp() {
        int arrival = host.arrivals();
        if (begunArrival == arrival || !isAvailable()) {
            return false;
        }
        begunArrival = arrival;
        if (sample() == null) {
            warmedArrival = arrival;
        }
        return warmedArrival != arrival;
    }

    /** When it was last warmed up. */
    public LastChange warmUp() {
        return servesSinceNanos - host.upSinceNanos() > 0 ? LastChange.at(servesSinceNanos) : LastChange.NEVER;
    }

    /** Takes over how it is with the endpoint that it takes the place of, its warmth where that is still there. */
    void takeOver(Endpoint before) {
        draining.setAs(before.draining);
        leaseLost.setAs(before.leaseLost);
        leaseLost.set(entry.leaseMs() != null && before.isLeaseLost());
        if (before.warmedArrival == host.arrivals() && before.host == host) {
            warmedArrival = before.warmedArrival;
            begunArrival = before.begunArrival;
            servesSinceNanos = before.servesSinceNanos;
        }
    }

    /** It has been warmed up, or need not be, since it came that time: it gets calls, few at first. */
    public void onWarmUp(int arrival) {
        long now = nanoClock.getAsLong();
        servesSinceNanos = now;
        host.slowFrom(now);
        warmedArrival = arrival;
        pool.refresh();
    }

    public EndpointBreaker breaker() {
        return breaker;
    }

    /** The worker asked for it; zero is no wish. */
    public void leaveAlone(Duration length) {
        if (!length.isZero()) {
            busy.begin(length);
        }
    }

    /** Until when the worker asked to be left alone. */
    public BusyTime busy() {
        return busy;
    }

    public LatencyEwma latency() {
        return latency;
    }

    /** How the requests to it went. */
    public EndpointTally tally() {
        return tally;
    }

    public UsualLatency usual() {
        return usual;
    }

    public TailLatency tail() {
        return tail;
    }

    /** How long its worker may answer nothing while it has a call of it; negative where that is not known. */
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

    /** Attempts that failed here since the router started; "busy" is no failure. */
    public long failures() {
        return failures.sum();
    }

    public void recordFailure() {
        failures.increment();
    }

    /** How the latest attempt that failed here did; null where none has. */
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

    /** The function failed here on an input: whether that is the worker's fault is yet to be known. */
    public void functionFailed(long nowNanos) {
        functionFaults.add(nowNanos);
    }

    /** Calls of late on which the function failed here, of how many. */
    FunctionFaults.Share functionFaults(long nowNanos) {
        return functionFaults.share(breaker.calls(nowNanos), nowNanos);
    }

    /** Whether the function fails far more often here than at the model's other workers, as far as enough calls tell. */
    public boolean doOthersFailLess(long nowNanos) {
        return pool.doOthersFailLess(this, nowNanos);
    }

    /** Whether it is known to fail there as often. */
    boolean doOthersFailAsOften(long nowNanos) {
        return pool.doOthersFailAsOften(this, nowNanos);
    }

    /** What the worker refuses of its own is named to the operator, once until it answers again. */
    public void recordRefusal(int status) {
        refusal.begin(this, status);
    }

    public void clearRefusal() {
        refusal.end();
    }

    /** How often it was ejected since the router started. */
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
     * Where this model id is called: at the worker's function of that name, or the way the registered model is. Null where
     * the worker serves several functions and none of them fits.
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

    /** Whether it is one of a model file's, at a host. */
    boolean isHosted() {
        return entry.function() != null && Hosting.isHosted(entry.function());
    }

    /** Most calls of the model that the worker says, and has not proven wrong, that it takes at once; 1 where singly. */
    public int batchMax() {
        WorkerIndex index = host.index();
        return index == null || batches.isLost()
                ? 1
                : index.functionFor(model.name(), entry.function())
                        .map(WorkerIndex.Function::batchMax)
                        .orElse(1);
    }

    /** Takes note of whether a batch was answered as batches are: with as many answers as it has calls. */
    public void observeBatch(boolean right) {
        if (right) {
            batches.right();
        } else {
            batches.wrong();
        }
    }

    /** Takes note of how one call of a batch went, null for well: for the breaker each counts, as it would alone. */
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
