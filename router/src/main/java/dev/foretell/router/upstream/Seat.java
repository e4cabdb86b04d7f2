package dev.foretell.router.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.balance.Candidate;
import dev.foretell.router.balance.RandomBits;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A worker's place in one model's pool: how the model is called there, how fast it was and how well it went. Thread-safe. */
public final class Seat implements Candidate, Patience {
    private final ModelKey model;
    private final WorkerEntry entry;
    private final WorkerId worker;
    private final long identity;
    private final Endpoint endpoint;
    private final EndpointPool pool;
    private final Samples samples;
    private final EndpointBreaker breaker;
    private final LatencyEwma latency = new LatencyEwma();
    private final SeatTally tally = new SeatTally();
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

    /** What the seats of a model are warmed up with. */
    interface Samples {
        /** @param said what the worker's index says */
        @Nullable
        String of(ModelKey model, @Nullable JsonNode said);
    }

    Seat(
            Vertx vertx,
            EndpointPool pool,
            WorkerEntry entry,
            Endpoint endpoint,
            BreakerConfig config,
            Samples samples,
            LongSupplier nanoClock) {
        this.model = pool.model();
        this.entry = entry;
        this.worker = entry.id();
        this.identity = StableHash.of(worker.toString());
        this.endpoint = endpoint;
        this.pool = pool;
        this.samples = samples;
        this.servesSinceNanos = endpoint.upSinceNanos();
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
        BusyTime.Timers timers = (millis, action) -> vertx.setTimer(millis, timer -> action.run());
        this.busy = new BusyTime(timers, nanoClock, pool::busyMoved);
        this.batches = new BatchTrust(this, timers, pool::batchTrustMoved);
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

    /** Until when it is ejected, on the monotonic clock: then trial calls show whether it is well again. */
    public long ejectedUntilNanos() {
        return breaker.openUntilNanos();
    }

    boolean isOnTrial() {
        return breaker.state() == EndpointBreaker.State.HALF_OPEN;
    }

    /** When it was last ejected or readmitted. */
    public Change ejection() {
        return breaker.change();
    }

    public boolean isLeaseLost() {
        return leaseLost.isSet();
    }

    /** When its lease was last lost or found again. */
    public Change lease() {
        return leaseLost.change();
    }

    /** Percent of its share that it gets. */
    public long warmthPercent() {
        return endpoint.warmthPercent(servesSinceNanos);
    }

    /** Whether it is to get no new calls, by order. */
    public boolean isDraining() {
        return draining.isSet();
    }

    /** When that was last ordered or taken back. */
    public Change drainOrder() {
        return draining.change();
    }

    void draining(boolean ordered) {
        draining.set(ordered);
    }

    /** Whether its worker is there, and has no function that the model could be. */
    public boolean hasNoFunction() {
        return endpoint.isUp() && path(model.name()) == null;
    }

    /** Whether calls may be sent here, ejection and warm-up aside. */
    public boolean isAvailable() {
        return endpoint.isUp() && !isLeaseLost() && !isDraining() && path(model.name()) != null;
    }

    public boolean isRoutable() {
        return isAvailable() && !isEjected() && !isWarming();
    }

    /** Whether calls wait, where they can, until it is warm. */
    public boolean isWarming() {
        return warmedArrival != endpoint.arrivals() && isAvailable() && sample() != null;
    }

    /** The body that it is warmed up with; null for none. */
    public @Nullable String sample() {
        WorkerIndex index = endpoint.index();
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
        int arrival = endpoint.arrivals();
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
    public Change warmUp() {
        return servesSinceNanos - endpoint.upSinceNanos() > 0 ? Change.at(servesSinceNanos) : Change.NEVER;
    }

    /** Takes over how it is with the seat that it takes the place of, its warmth where that is still there. */
    void takeOver(Seat before) {
        draining.setAs(before.draining);
        leaseLost.setAs(before.leaseLost);
        leaseLost.set(entry.leaseMs() != null && before.isLeaseLost());
        if (before.warmedArrival == endpoint.arrivals() && before.endpoint == endpoint) {
            warmedArrival = before.warmedArrival;
            begunArrival = before.begunArrival;
            servesSinceNanos = before.servesSinceNanos;
        }
    }

    /** It has been warmed up, or need not be, since it came that time: it gets calls, few at first. */
    public void warmed(int arrival) {
        long now = nanoClock.getAsLong();
        servesSinceNanos = now;
        endpoint.slowFrom(now);
        warmedArrival = arrival;
        pool.refresh();
    }

    EndpointBreaker breaker() {
        return breaker;
    }

    /** The worker asked for it; zero is no wish. */
    void leaveAlone(Duration length) {
        if (!length.isZero()) {
            busy.begin(length);
        }
    }

    /** Until when the worker asked to be left alone. */
    public BusyTime busy() {
        return busy;
    }

    LatencyEwma latency() {
        return latency;
    }

    /** How the requests to it went. */
    public SeatTally tally() {
        return tally;
    }

    UsualLatency usual() {
        return usual;
    }

    TailLatency tail() {
        return tail;
    }

    /** How long its worker may answer nothing while it has a call of it; negative where that is not known. */
    @Override
    public long patienceNanos() {
        long own = tail.p99Nanos(TailLatency.ENOUGH);
        long patience = endpoint.suspicion().patienceNanos(own, endpoint.isAttentive());
        return patience < 0 && endpoint.suspicion().isLate() ? patienceNanosByOthers() : patience;
    }

    private long patienceNanosByOthers() {
        long patience = Suspicion.patienceNanosByOthers(pool.p99NanosOfOthers(this));
        return patience < 0 ? Suspicion.patienceNanosByFew(pool.slowestNanos()) : patience;
    }

    @Override
    public long unaskedNanos() {
        return Suspicion.unaskedNanos(usual.nanos());
    }

    /** Attempts that failed here since the router started; "busy" is no failure. */
    public long failures() {
        return failures.sum();
    }

    void failed() {
        failures.increment();
    }

    /** How the latest attempt that failed here did; null where none has. */
    public @Nullable LastFailure lastFailure() {
        return lastFailure;
    }

    void failed(AttemptFailure how) {
        if (how.reason().countsAgainstWorker()) {
            failed();
        }
        if (how.reason().isOfWorker()) {
            lastFailure = new LastFailure(model, how, nanoClock.getAsLong());
        }
    }

    /** The function failed here on an input: whether that is the worker's fault is yet to be known. */
    void functionFailed(long nowNanos) {
        functionFaults.add(nowNanos);
    }

    /** Calls of late on which the function failed here, of how many. */
    FunctionFaults.Share functionFaults(long nowNanos) {
        return functionFaults.share(breaker.calls(nowNanos), nowNanos);
    }

    /** Whether the function fails far more often here than at the model's other workers, as far as enough calls tell. */
    boolean doOthersFailLess(long nowNanos) {
        return pool.doOthersFailLess(this, nowNanos);
    }

    /** Whether it is known to fail there as often. */
    boolean doOthersFailAsOften(long nowNanos) {
        return pool.doOthersFailAsOften(this, nowNanos);
    }

    /** What the worker refuses of its own is named to the operator, once until it answers again. */
    void refused(int status) {
        refusal.begin(this, status);
    }

    void tookCall() {
        refusal.end();
    }

    /** How often it was ejected since the router started. */
    public long ejections() {
        return ejections.sum();
    }

    void ejected() {
        ejections.increment();
    }

    void leaseLost(boolean lost) {
        leaseLost.set(lost);
    }

    /**
     * Where this model id is called: at the worker's function of that name, or the way the registered model is. Null where
     * the worker serves several functions and none of them fits.
     */
    public @Nullable String path(String modelId) {
        WorkerIndex index = endpoint.index();
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
        WorkerIndex index = endpoint.index();
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
        failed(new AttemptFailure(wrong, null));
        if (wrong.countsAgainstWorker()) {
            breaker.record(true, nanoClock.getAsLong());
        }
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
