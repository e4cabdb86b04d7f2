package dev.foretell.router.admission;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.identity.ModelKey;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the calls in this router, and the calls in flight to each model with a limit. Calls over a model's limit wait
 * in its queue; calls over the queue are shed. A model without a limit costs no lock and no clock reading. Thread-safe.
 */
public final class Admission {
    private volatile AdmissionConfig config;
    private final LongSupplier nanoClock;
    private final Supplier<WaiterEventLoop> loops;
    private volatile Set<ModelKey> configured;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder shed = new LongAdder();
    private final Map<ModelKey, ModelLimiter> limiters = new ConcurrentHashMap<>();

    public Admission(AdmissionConfig config, LongSupplier nanoClock) {
        this(config, nanoClock, WaiterEventLoop::current);
    }

    Admission(AdmissionConfig config, LongSupplier nanoClock, Supplier<WaiterEventLoop> loops) {
        this.config = config;
        this.nanoClock = nanoClock;
        this.loops = loops;
        this.configured = config.limitedModels();
        configured.forEach(model -> limiters.put(model, limiter(model)));
    }

    /** Uses new settings from now on; waiting calls keep their places. */
    public synchronized void adopt(AdmissionConfig next) {
        AdmissionConfig before = config;
        config = next;
        configured = next.limitedModels();
        limiters.forEach((model, limiter) -> {
            if (next.limit() == LimitKind.NONE && !configured.contains(model)) {
                limiters.remove(model);
            } else {
                limiter.adopt(next, next.limitsAs(before, model));
            }
        });
        configured.forEach(model -> limiters.computeIfAbsent(model, this::limiter));
    }

    /** A permit at once, as nearly every call gets it; {@link Permit#NONE} where it has to be {@link #acquire acquired}. */
    public Permit tryAcquire(ModelKey model) {
        if (limiterOf(model) != null) {
            return Permit.NONE;
        }
        if (inFlight.incrementAndGet() > config.maxInFlight()) {
            inFlight.decrementAndGet();
            return Permit.NONE;
        }
        return new Permit(inFlight, null, 0);
    }

    /**
     * A permit: at once where there is room, otherwise on the caller's own event loop when its turn has come. Fails with
     * {@link FailureKind#SHED} or {@link FailureKind#QUEUE_FULL}, as a {@link ShedException}, or with
     * {@link FailureKind#DEADLINE_EXCEEDED}.
     */
    public Future<Permit> acquire(ModelKey model, AdmissionRequest call) {
        if (inFlight.incrementAndGet() > config.maxInFlight()) {
            inFlight.decrementAndGet();
            shed.increment();
            return Future.failedFuture(new ShedException(
                    FailureKind.SHED, "the router has " + config.maxInFlight() + " calls in flight, its limit", 1));
        }
        ModelLimiter limiter = limiterOf(model);
        return limiter == null
                ? Future.succeededFuture(new Permit(inFlight, null, 0))
                : limiter.acquire(call).onFailure(refused -> inFlight.decrementAndGet());
    }

    private @Nullable ModelLimiter limiterOf(ModelKey model) {
        ModelLimiter known = limiters.isEmpty() ? null : model.lookUp(limiters);
        return known != null || config.limit() == LimitKind.NONE
                ? known
                : limiters.computeIfAbsent(model, this::limiter);
    }

    private ModelLimiter limiter(ModelKey model) {
        return new ModelLimiter(model, config.limitOf(model), config, nanoClock, loops, inFlight);
    }

    /** Drops the limits of models that are no longer registered, once their calls have ended. */
    public void retain(Collection<ModelKey> registered) {
        limiters.entrySet()
                .removeIf(limiter -> !registered.contains(limiter.getKey())
                        && !configured.contains(limiter.getKey())
                        && limiter.getValue().isIdle());
    }

    /** Calls in this router, including waiting ones. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Calls shed because the router itself was full. */
    public long shed() {
        return shed.sum();
    }

    /** The models with a limit, and their figures so far. */
    public List<ModelLoad> loads() {
        return limiters.values().stream().map(ModelLimiter::load).toList();
    }
}
