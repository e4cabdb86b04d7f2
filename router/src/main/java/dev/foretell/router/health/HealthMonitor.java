package dev.foretell.router.health;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Probes every worker in the table on a timer, and at once when a call finds it unreachable. Passes the results to the
 * host and reports each change of state. Works on its own event loop; any thread may call its methods.
 */
public final class HealthMonitor {
    private static final long STANDSTILL_MILLIS = 100;

    private final Vertx vertx;
    private final Context loop;
    private final Clock clock;
    private final LongSupplier nanoClock;
    private final StatusBurst burst;
    private final ProbePace pace;
    private final @Nullable String authorization;
    private volatile HealthConfig config;
    private volatile Prober prober;
    private final WorkerStatuses store;
    private final Map<WorkerHost, Watch> watches = new ConcurrentHashMap<>();
    private final Map<WorkerId, WorkerStatus> unsaved = new ConcurrentHashMap<>();
    private volatile Map<WorkerId, WorkerStatus> restored = Map.of();

    /** @param authorization the Authorization header for workers, if any */
    public HealthMonitor(
            Vertx vertx,
            HealthConfig config,
            @Nullable String authorization,
            WorkerStatuses store,
            Clock clock,
            LongSupplier nanoClock) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.burst = new StatusBurst(action -> vertx.setTimer(1000, timer -> action.run()));
        this.pace = new ProbePace(action -> vertx.setTimer(1, timer -> action.run()));
        this.config = config;
        this.authorization = authorization;
        this.prober = new Prober(vertx, config, authorization);
        this.store = store;
    }

    /** Uses new settings from now on. */
    public synchronized void adopt(HealthConfig next) {
        Prober before = prober;
        config = next;
        prober = new Prober(vertx, next, authorization);
        before.close();
    }

    /** Loads the statuses from before the restart. Call it before any host joins. */
    public Future<Void> restore() {
        return store.load().map(statuses -> {
            restored = statuses;
            return null;
        });
    }

    /** The event loop of the monitor. */
    public Context loop() {
        return loop;
    }

    /** Starts to probe a host. */
    public void watch(WorkerHost host) {
        WorkerStatus known = restored.get(idOf(host));
        Instant now = clock.instant();
        Watch watch = new Watch(host, known == null ? WorkerStatus.ofNewcomer(now) : known.toRestored(now));
        watch.reportedAt = nanoClock.getAsLong() - config.remindEvery().toNanos();
        watches.put(host, watch);
        host.onDoubt(() -> probeNow(host));
        loop.runOnContext(v -> pace.begin(() -> probe(watch)));
    }

    /** Stops probing a host that left the table. */
    public void forget(WorkerHost host) {
        Watch watch = watches.remove(host);
        if (watch != null) {
            host.onDoubt(() -> {});
            loop.runOnContext(v -> vertx.cancelTimer(watch.timer));
            unsaved.remove(idOf(host));
            store.forget(Set.of(idOf(host)));
        }
    }

    /** Probes a host now instead of at its next turn. */
    public void probeNow(WorkerHost host) {
        Watch watch = watches.get(host);
        if (watch != null) {
            loop.runOnContext(v -> pace.begin(() -> probe(watch)));
        }
    }

    /** The status of a host by its probes. */
    public Optional<WorkerStatus> statusOf(WorkerHost host) {
        return Optional.ofNullable(watches.get(host)).map(watch -> watch.status);
    }

    /** Why the latest probe of a host failed; empty if it passed. */
    public Optional<String> troubleOf(WorkerHost host) {
        return Optional.ofNullable(watches.get(host)).flatMap(watch -> watch.trouble);
    }

    /** Stores the statuses that have changed since the last call. */
    public Future<Void> save() {
        Map<WorkerId, WorkerStatus> batch = Map.copyOf(unsaved);
        return batch.isEmpty()
                ? Future.succeededFuture()
                : store.save(batch).onSuccess(v -> batch.forEach(unsaved::remove));
    }

    /** Stops all probes. */
    public void stop() {
        Set<Watch> stopped = Set.copyOf(watches.values());
        watches.clear();
        loop.runOnContext(v -> stopped.forEach(watch -> vertx.cancelTimer(watch.timer)));
    }

    private void probe(Watch watch) {
        if (watch.probing || watches.get(watch.host) != watch) {
            return;
        }
        watch.probing = true;
        vertx.cancelTimer(watch.timer);
        watch.sentNanos = nanoClock.getAsLong();
        long millis = watch.patience.millis(config.timeout());
        watch.lateTimer = vertx.setTimer(millis, timer -> late(watch, millis));
        prober.probe(watch.host).onComplete(result -> {
            if (result.result().isPass()) {
                watch.patience.observe(nanoClock.getAsLong() - watch.sentNanos);
            }
            settle(watch, result.result());
        });
    }

    /** If this event loop itself was blocked, it first reads the responses that have arrived since. */
    private void late(Watch watch, long millis) {
        long sent = watch.sentNanos;
        if (nanoClock.getAsLong() - sent > TimeUnit.MILLISECONDS.toNanos(millis + STANDSTILL_MILLIS)) {
            watch.lateTimer = vertx.setTimer(STANDSTILL_MILLIS, timer -> watch.host.isLateSince(sent));
        } else {
            watch.host.isLateSince(sent);
        }
    }

    private void settle(Watch watch, ProbeResult result) {
        watch.probing = false;
        vertx.cancelTimer(watch.lateTimer);
        if (watches.get(watch.host) != watch) {
            return;
        }
        WorkerStatus before = watch.status;
        if (result instanceof ProbeResult.Late && watch.host.isBusyWithCalls()) {
            watch.timer = vertx.setTimer(config.interval().toMillis(), timer -> pace.begin(() -> probe(watch)));
            return;
        }
        WorkerStatus after = new HealthRule(config.failures()).next(before, result, clock.instant());
        unsaved.put(idOf(watch.host), after);
        watch.reportedAt = new StatusReport(config.remindEvery(), nanoClock, burst)
                .report(watch.host, before, after, result, watch.reportedAt);
        tell(watch.host, after, result, watch.sentNanos);
        watch.trouble = result.isPass() ? Optional.empty() : Optional.of(result.reason());
        watch.status = after; // only after the host knows: otherwise it would be shown as ready instead of warming up
        watch.timer = vertx.setTimer(delayMillis(watch.status), timer -> pace.begin(() -> probe(watch)));
    }

    private static void tell(WorkerHost host, WorkerStatus status, ProbeResult result, long sentNanos) {
        if (result instanceof ProbeResult.Healthy healthy) {
            host.onProbePass(healthy.index().orElse(null), sentNanos);
        } else if (status.state() == WorkerStatus.State.DOWN) {
            host.markLost();
        }
    }

    /** Probes a doubtful worker again soon, because its loss should be known well within a call's deadline. */
    private long delayMillis(WorkerStatus status) {
        boolean inDoubt = status.state() != WorkerStatus.State.DOWN && status.failCount() > 0;
        long interval = config.interval().toMillis();
        return Math.max(1, inDoubt ? interval / 4 : interval);
    }

    /** Health belongs to an address, so the local id does not matter. */
    private static WorkerId idOf(WorkerHost host) {
        return new WorkerId(host.address().host(), host.address().port(), 0);
    }

    /** A host under probes. Confined to the monitor's event loop, except the status, which any thread may read. */
    private static final class Watch {
        private final WorkerHost host;
        private volatile WorkerStatus status;
        private volatile Optional<String> trouble = Optional.empty();
        private boolean probing;
        private long sentNanos;
        private final ProbePatience patience = new ProbePatience();
        private long timer = -1;
        private long lateTimer = -1;
        private long reportedAt;

        private Watch(WorkerHost host, WorkerStatus status) {
            this.host = host;
            this.status = status;
        }
    }
}
