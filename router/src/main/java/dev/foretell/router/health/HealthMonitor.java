package dev.foretell.router.health;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.upstream.Endpoint;
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
 * Probes every worker in the table on a timer, and at once when a call finds it unreachable; tells the endpoint what came
 * of it, and reports each change of state. Works on an event loop of its own; its methods may be called from any thread.
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
    private final Map<Endpoint, Watch> watches = new ConcurrentHashMap<>();
    private final Map<WorkerId, WorkerStatus> unsaved = new ConcurrentHashMap<>();
    private volatile Map<WorkerId, WorkerStatus> restored = Map.of();

    /** @param authorization value of the Authorization header that workers want, if any */
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

    /** Probes by other settings from now on. */
    public synchronized void adopt(HealthConfig next) {
        Prober before = prober;
        config = next;
        prober = new Prober(vertx, next, authorization);
        before.close();
    }

    /** Remembers what was known of workers before the restart; to be called before any endpoint joins. */
    public Future<Void> restore() {
        return store.load().map(statuses -> {
            restored = statuses;
            return null;
        });
    }

    /** The event loop that it works on. */
    public Context loop() {
        return loop;
    }

    /** Starts to probe an endpoint. */
    public void watch(Endpoint endpoint) {
        WorkerStatus known = restored.get(idOf(endpoint));
        Instant now = clock.instant();
        Watch watch = new Watch(endpoint, known == null ? WorkerStatus.joining(now) : known.rejoining(now));
        watch.reportedAt = nanoClock.getAsLong() - config.remindEvery().toNanos();
        watches.put(endpoint, watch);
        endpoint.onDoubt(() -> probeNow(endpoint));
        loop.runOnContext(v -> pace.begin(() -> probe(watch)));
    }

    /** Stops probing an endpoint that left the table. */
    public void forget(Endpoint endpoint) {
        Watch watch = watches.remove(endpoint);
        if (watch != null) {
            endpoint.onDoubt(() -> {});
            loop.runOnContext(v -> vertx.cancelTimer(watch.timer));
            unsaved.remove(idOf(endpoint));
            store.forget(Set.of(idOf(endpoint)));
        }
    }

    /** Probes an endpoint now rather than at its next turn. */
    public void probeNow(Endpoint endpoint) {
        Watch watch = watches.get(endpoint);
        if (watch != null) {
            loop.runOnContext(v -> pace.begin(() -> probe(watch)));
        }
    }

    /** What the probes say of an endpoint. */
    public Optional<WorkerStatus> statusOf(Endpoint endpoint) {
        return Optional.ofNullable(watches.get(endpoint)).map(watch -> watch.status);
    }

    /** Why the latest probe of an endpoint failed; empty where it passed. */
    public Optional<String> troubleOf(Endpoint endpoint) {
        return Optional.ofNullable(watches.get(endpoint)).flatMap(watch -> watch.trouble);
    }

    /** Stores the statuses that changed since the last time. */
    public Future<Void> save() {
        Map<WorkerId, WorkerStatus> batch = Map.copyOf(unsaved);
        return batch.isEmpty()
                ? Future.succeededFuture()
                : store.save(batch).onSuccess(v -> batch.forEach(unsaved::remove));
    }

    /** Stops probing altogether. */
    public void stop() {
        Set<Watch> stopped = Set.copyOf(watches.values());
        watches.clear();
        loop.runOnContext(v -> stopped.forEach(watch -> vertx.cancelTimer(watch.timer)));
    }

    private void probe(Watch watch) {
        if (watch.probing || watches.get(watch.endpoint) != watch) {
            return;
        }
        watch.probing = true;
        vertx.cancelTimer(watch.timer);
        watch.sentNanos = nanoClock.getAsLong();
        long millis = watch.patience.millis(config.timeout());
        watch.lateTimer = vertx.setTimer(millis, timer -> late(watch, millis));
        prober.probe(watch.endpoint).onComplete(result -> {
            if (result.result().passed()) {
                watch.patience.observe(nanoClock.getAsLong() - watch.sentNanos);
            }
            settle(watch, result.result());
        });
    }

    /** Where this event loop itself stood still, what came meanwhile is read first. */
    private void late(Watch watch, long millis) {
        long sent = watch.sentNanos;
        if (nanoClock.getAsLong() - sent > TimeUnit.MILLISECONDS.toNanos(millis + STANDSTILL_MILLIS)) {
            watch.lateTimer = vertx.setTimer(STANDSTILL_MILLIS, timer -> watch.endpoint.isLateSince(sent));
        } else {
            watch.endpoint.isLateSince(sent);
        }
    }

    private void settle(Watch watch, ProbeResult result) {
        watch.probing = false;
        vertx.cancelTimer(watch.lateTimer);
        if (watches.get(watch.endpoint) != watch) {
            return;
        }
        WorkerStatus before = watch.status;
        if (result instanceof ProbeResult.Late && watch.endpoint.isBusyWithCalls()) {
            watch.timer = vertx.setTimer(config.interval().toMillis(), timer -> pace.begin(() -> probe(watch)));
            return;
        }
        WorkerStatus after = new HealthRule(config.failures()).next(before, result, clock.instant());
        unsaved.put(idOf(watch.endpoint), after);
        watch.reportedAt = new StatusReport(config.remindEvery(), nanoClock, burst)
                .changed(watch.endpoint, before, after, result, watch.reportedAt);
        tell(watch.endpoint, after, result, watch.sentNanos);
        watch.trouble = result.passed() ? Optional.empty() : Optional.of(result.reason());
        watch.status = after; // not before the endpoint knows: it would be shown as ready, and not as warming up
        watch.timer = vertx.setTimer(delayMillis(watch.status), timer -> pace.begin(() -> probe(watch)));
    }

    private static void tell(Endpoint endpoint, WorkerStatus status, ProbeResult result, long sentNanos) {
        if (result instanceof ProbeResult.Healthy healthy) {
            endpoint.passed(healthy.index().orElse(null), sentNanos);
        } else if (status.state() == WorkerStatus.State.DOWN) {
            endpoint.lost();
        }
    }

    /** A worker in doubt is looked at again soon: whether it is lost should be known well within a call's deadline. */
    private long delayMillis(WorkerStatus status) {
        boolean inDoubt = status.state() != WorkerStatus.State.DOWN && status.failCount() > 0;
        long interval = config.interval().toMillis();
        return Math.max(1, inDoubt ? interval / 4 : interval);
    }

    /** Health belongs to an address: the local id plays no part in it. */
    private static WorkerId idOf(Endpoint endpoint) {
        return new WorkerId(endpoint.address().host(), endpoint.address().port(), 0);
    }

    /** An endpoint under probes. Confined to the monitor's event loop, but for the status, which anyone may read. */
    private static final class Watch {
        private final Endpoint endpoint;
        private volatile WorkerStatus status;
        private volatile Optional<String> trouble = Optional.empty();
        private boolean probing;
        private long sentNanos;
        private final ProbePatience patience = new ProbePatience();
        private long timer = -1;
        private long lateTimer = -1;
        private long reportedAt;

        private Watch(Endpoint endpoint, WorkerStatus status) {
            this.endpoint = endpoint;
            this.status = status;
        }
    }
}
