package dev.foretell.router.upstream.pool;

import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.upstream.measure.LastChange;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live state of one worker address: the result of its probes, its index, and its calls in flight over all models.
 * Workers that differ only in their local id share it. Thread-safe.
 */
public final class WorkerHost {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerHost.class);

    private final Address address;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Promise<Void> probed = Promise.promise();
    /** One per model: possibly thousands. */
    private final Set<Runnable> changeListeners = ConcurrentHashMap.newKeySet();

    private final List<Runnable> renewalListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> lossListeners = new CopyOnWriteArrayList<>();
    private volatile Runnable doubt = () -> {};
    private final SlowStart slowStart;
    private final Suspicion suspicion;
    private final StrayResponses strays;
    private volatile boolean takesChunks = true;
    private volatile boolean warmingUp;
    private volatile boolean up;
    private volatile long upSinceNanos;
    private volatile long slowSinceNanos;
    private volatile int arrivals;
    private volatile @Nullable WorkerIndex index;
    private volatile String epoch = "";

    /** The address of a worker. */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    WorkerHost(Address address, SlowStart slowStart) {
        this.address = address;
        this.slowStart = slowStart;
        this.strays = new StrayResponses(address.toString(), slowStart.nanoClock());
        this.upSinceNanos = slowStart.nanoClock().getAsLong();
        this.slowSinceNanos = upSinceNanos;
        this.suspicion = new Suspicion(slowStart.nanoClock(), this::suspicionMoved, this::probeNow);
    }

    public Address address() {
        return address;
    }

    public boolean isUp() {
        return up;
    }

    public int inFlight() {
        return inFlight.get();
    }

    /** The number of its arrivals: anything done for one arrival is done again for the next. */
    public int arrivals() {
        return arrivals;
    }

    long upSinceNanos() {
        return upSinceNanos;
    }

    /** The effective percentage of an endpoint's share: less than 100 for a while after its arrival or warm-up. */
    long warmthPercent(long servesSinceNanos) {
        return slowStart.percent(servesSinceNanos - upSinceNanos > 0 ? servesSinceNanos : upSinceNanos);
    }

    void slowFrom(long nanos) {
        slowSinceNanos = nanos;
    }

    /** Whether it speaks HTTP/1.1, as far as is known; other workers cannot read a body of unknown length. */
    public boolean takesChunks() {
        return takesChunks;
    }

    /** Records its HTTP version. */
    public void takesChunks(boolean takes) {
        takesChunks = takes;
    }

    /** The worker's index; null while unknown. */
    public @Nullable WorkerIndex index() {
        return index;
    }

    /** Whether it responds to probes whatever it is doing. */
    boolean isAttentive() {
        WorkerIndex given = index;
        return given != null && given.attends();
    }

    /** The worker process that passed the last probe, by its index; empty if unknown. */
    String epoch() {
        return epoch;
    }

    /** Completes when probes have first decided whether the worker is up. */
    public Future<Void> firstProbes() {
        return probed.future();
    }

    /** A probe passed at once. Called by one thread only. */
    public void onProbePass(@Nullable WorkerIndex given) {
        onProbePass(given, slowStart.nanoClock().getAsLong());
    }

    /** A probe that was sent at this time passed. Called by one thread only. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void onProbePass(@Nullable WorkerIndex given, long sentNanos) {
        boolean renewed = probed.future().isComplete() && (!up || (given != null && !given.equals(index)));
        boolean changed = !up || (given != null && !given.equals(index)) || !slowStart.isOver(slowSinceNanos);
        if (given != null) {
            index = given;
        }
        epoch = given == null ? "" : given.process();
        suspicion.onProbePass(sentNanos, slowStart.nanoClock().getAsLong());
        if (!up) {
            upSinceNanos = slowStart.nanoClock().getAsLong();
            slowSinceNanos = upSinceNanos;
            arrivals++;
            up = true;
        }
        if (changed) {
            changeListeners.forEach(Runnable::run);
        }
        if (renewed) {
            renewalListeners.forEach(Runnable::run);
        }
        probed.tryComplete();
    }

    /**
     * Enough probes have failed: it gets no more calls, and its calls in flight are cancelled, so that they can be
     * retried elsewhere.
     */
    public void markLost() {
        boolean changed = up;
        up = false;
        if (changed) {
            changeListeners.forEach(Runnable::run);
            lossListeners.forEach(Runnable::run);
        }
        probed.tryComplete();
    }

    /** It has left the table; ends all waits for its first probes. */
    void leave() {
        probed.tryComplete();
    }

    /** Sets the action for when a call finds the worker unreachable: probe it now. */
    public void onDoubt(Runnable probeNow) {
        doubt = probeNow;
    }

    /** Its bytes that belong to no request. */
    public StrayResponses strays() {
        return strays;
    }

    public void probeNow() {
        doubt.run();
    }

    /**
     * Whether it is silent to calls, or to probes while it has calls; then it is not chosen while another worker is
     * available.
     */
    public boolean isSuspected() {
        return suspicion.isSuspected();
    }

    /** When it last became suspected, or ceased to be. */
    public LastChange suspicionChange() {
        return suspicion.change();
    }

    /** The number of times that it was suspected. */
    public long suspicions() {
        return suspicion.count();
    }

    public Suspicion suspicion() {
        return suspicion;
    }

    /**
     * A probe had no response in time. If calls are in flight, the worker may be busy with them and they continue: a
     * worker that takes one call at a time cannot respond to probes meanwhile.
     *
     * @return whether that explains it
     */
    public boolean isBusyWithCalls() {
        boolean busy = hasCalls();
        if (busy) {
            suspicion.onLateProbe();
        }
        return busy;
    }

    /** The probe sent at this time takes longer than its probes usually do. */
    public void isLateSince(long sentNanos) {
        if (hasCalls()) {
            suspicion.onLateProbeSince(sentNanos);
        }
    }

    private boolean hasCalls() {
        return up && (inFlight.get() > 0 || warmingUp);
    }

    /** Sets whether samples are in flight; like calls, they may keep it from responding to probes. */
    public void setWarmingUp(boolean now) {
        warmingUp = now;
    }

    private void suspicionMoved() {
        if (suspicion.isSuspected()) {
            probeNow();
            LOG.warn("Worker {} does not respond; it gets no new calls while another worker is available", address);
        } else {
            LOG.info("Worker {} responds again", address);
        }
        changeListeners.forEach(Runnable::run);
    }

    /** Sets the listener for its arrival, its loss, and changes of its index. */
    public void onChange(Runnable listener) {
        changeListeners.add(listener);
    }

    void forgetListener(Runnable listener) {
        changeListeners.remove(listener);
    }

    /** Sets the listener for its return and for changes of its index: it may be another version. */
    public void onRenewal(Runnable listener) {
        renewalListeners.add(listener);
    }

    public void onLoss(Runnable listener) {
        lossListeners.add(listener);
    }

    void slotTaken() {
        inFlight.incrementAndGet();
    }

    void slotReleased() {
        inFlight.decrementAndGet();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
