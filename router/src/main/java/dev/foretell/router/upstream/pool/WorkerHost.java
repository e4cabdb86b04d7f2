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
 * The router's live view of one worker address: whether it passes its probes, what it serves, and how many calls it has in
 * flight over all models. Workers that differ in their local id alone share it. Thread-safe.
 */
public final class WorkerHost {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerHost.class);

    private final Address address;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Promise<Void> probed = Promise.promise();
    /** One for each model it serves: thousands, perhaps. */
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

    /** Where a worker listens. */
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

    /** How often it came (back): what was done for it on one arrival is to be done again on the next. */
    public int arrivals() {
        return arrivals;
    }

    long upSinceNanos() {
        return upSinceNanos;
    }

    /** Percent of its share that an endpoint gets: less than all of it for a while after it came (back), or was warmed up. */
    long warmthPercent(long servesSinceNanos) {
        return slowStart.percent(servesSinceNanos - upSinceNanos > 0 ? servesSinceNanos : upSinceNanos);
    }

    void slowFrom(long nanos) {
        slowSinceNanos = nanos;
    }

    /** Whether it speaks HTTP/1.1, as far as is known: others cannot read a body of unknown length. */
    public boolean takesChunks() {
        return takesChunks;
    }

    /** Takes note of the HTTP that it speaks. */
    public void takesChunks(boolean takes) {
        takesChunks = takes;
    }

    /** What the worker says it serves; null while it has not said. */
    public @Nullable WorkerIndex index() {
        return index;
    }

    /** Whether it says that it answers probes whatever it is at. */
    boolean isAttentive() {
        WorkerIndex said = index;
        return said != null && said.attends();
    }

    /** The process of the worker that passed its last probe, as it said itself; empty where it did not say. */
    String epoch() {
        return epoch;
    }

    /** Completes when probes have first decided whether the worker is up. */
    public Future<Void> firstProbes() {
        return probed.future();
    }

    /** A probe passed at once. Called by one thread alone. */
    public void onProbePass(@Nullable WorkerIndex said) {
        onProbePass(said, slowStart.nanoClock().getAsLong());
    }

    /** A probe passed that was sent then. Called by one thread alone. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void onProbePass(@Nullable WorkerIndex said, long sentNanos) {
        boolean renewed = probed.future().isComplete() && (!up || (said != null && !said.equals(index)));
        boolean changed = !up || (said != null && !said.equals(index)) || !slowStart.isOver(slowSinceNanos);
        if (said != null) {
            index = said;
        }
        epoch = said == null ? "" : said.process();
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

    /** Enough probes failed: no more calls, and those in flight are broken off, so that they can be tried elsewhere. */
    public void markLost() {
        boolean changed = up;
        up = false;
        if (changed) {
            changeListeners.forEach(Runnable::run);
            lossListeners.forEach(Runnable::run);
        }
        probed.tryComplete();
    }

    /** It left the table: whoever waits for its first probes would wait in vain. */
    void leave() {
        probed.tryComplete();
    }

    /** What to do when a call finds the worker unreachable: probe it now rather than at its next turn. */
    public void onDoubt(Runnable probeNow) {
        doubt = probeNow;
    }

    /** What it sent that nobody asked for. */
    public StrayResponses strays() {
        return strays;
    }

    public void probeNow() {
        doubt.run();
    }

    /** Whether it answers no calls, or no probes while it has calls: it is not chosen while another is there. */
    public boolean isSuspected() {
        return suspicion.isSuspected();
    }

    /** When it last became suspected, or no longer was. */
    public LastChange suspicionChange() {
        return suspicion.change();
    }

    /** How often it left calls without any answer. */
    public long suspicions() {
        return suspicion.count();
    }

    public Suspicion suspicion() {
        return suspicion;
    }

    /**
     * A probe was not answered in time. Where calls are under way there the worker may be busy with them, and they go on: one
     * that takes one call at a time cannot answer probes meanwhile.
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

    /** A probe that was sent then takes longer than its probes do. */
    public void isLateSince(long sentNanos) {
        if (hasCalls()) {
            suspicion.onLateProbeSince(sentNanos);
        }
    }

    private boolean hasCalls() {
        return up && (inFlight.get() > 0 || warmingUp);
    }

    /** Whether samples are under way there: like any call, they may keep it from answering probes. */
    public void setWarmingUp(boolean now) {
        warmingUp = now;
    }

    private void suspicionMoved() {
        if (suspicion.isSuspected()) {
            probeNow();
            LOG.warn("Worker {} does not answer: it gets no new calls while another is there", address);
        } else {
            LOG.info("Worker {} answers again", address);
        }
        changeListeners.forEach(Runnable::run);
    }

    /** What to do when it comes, goes, or says something else of itself. */
    public void onChange(Runnable listener) {
        changeListeners.add(listener);
    }

    void forgetListener(Runnable listener) {
        changeListeners.remove(listener);
    }

    /** What to do when the worker has come back, or says something else of itself: it may be another version. */
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
