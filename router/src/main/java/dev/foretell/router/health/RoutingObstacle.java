package dev.foretell.router.health;

import dev.foretell.router.upstream.measure.LastChange;
import dev.foretell.router.upstream.pool.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** The first reason that keeps a worker from getting calls, if any. */
public enum RoutingObstacle {
    /** Registered, not probed yet. */
    JOINING,
    /** Fails its probes. */
    DOWN,
    /** Drained by an order. */
    DRAINING,
    /** Its lease has expired. */
    LOST,
    WARMING,
    EJECTED,
    /** Does not respond to calls, or to probes while it has calls. */
    SUSPECTED,
    READY;

    /** @param endpoints all endpoints of the worker, at least one */
    public static RoutingObstacle of(WorkerStatus status, List<Endpoint> endpoints) {
        return switch (status.state()) {
            case JOINING -> JOINING;
            case DOWN -> DOWN;
            case READY -> ofProbed(endpoints);
        };
    }

    /**
     * When this state began.
     *
     * @param time converts nanoseconds of the monotonic clock to a time
     */
    public Instant since(WorkerStatus status, List<Endpoint> endpoints, LongFunction<Instant> time) {
        LastChange last = lastChange(endpoints);
        Instant changed = last.happened() ? time.apply(last.nanos()) : Instant.MIN;
        return changed.isAfter(status.since()) ? changed : status.since();
    }

    /** The latest change of the conditions for this state. */
    private LastChange lastChange(List<Endpoint> endpoints) {
        LastChange drain = LastChange.ofAll(endpoints, Endpoint::isDraining, Endpoint::drainOrder);
        LastChange lease = drain.or(LastChange.ofAll(endpoints, Endpoint::isLeaseLost, Endpoint::lease));
        LastChange warmth = lease.or(LastChange.ofAll(endpoints, endpoint -> true, Endpoint::warmUp));
        LastChange ejection = warmth.or(LastChange.ofAll(endpoints, Endpoint::isEjected, Endpoint::ejection));
        return switch (this) {
            case JOINING, DOWN -> LastChange.NEVER;
            case DRAINING -> drain;
            case LOST, WARMING -> lease;
            case EJECTED -> ejection;
            case SUSPECTED, READY -> ejection.or(endpoints.get(0).host().suspicionChange());
        };
    }

    private static RoutingObstacle ofProbed(List<Endpoint> endpoints) {
        if (all(endpoints, Endpoint::isDraining)) {
            return DRAINING;
        }
        if (all(endpoints, Endpoint::isLeaseLost)) {
            return LOST;
        }
        if (!all(endpoints, endpoint -> !endpoint.isWarming())) {
            return WARMING;
        }
        if (all(endpoints, Endpoint::isEjected)) {
            return EJECTED;
        }
        return endpoints.get(0).host().isSuspected() ? SUSPECTED : READY;
    }

    /** No stream, because tens of thousands are asked each second. */
    private static boolean all(List<Endpoint> endpoints, Predicate<Endpoint> condition) {
        for (Endpoint endpoint : endpoints) {
            if (!condition.test(endpoint)) {
                return false;
            }
        }
        return true;
    }
}
