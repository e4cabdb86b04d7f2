package dev.foretell.router.upstream.pool;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.balance.Candidates;
import dev.foretell.router.balance.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of an endpoint, to explain a choice.
 *
 * @param score the policy's score, lower is better; null if the policy does not see the endpoint
 */
public record EndpointView(
        WorkerId worker,
        State state,
        Share share,
        Load load,
        @Nullable Double score) {
    /**
     * How many of the calls it gets.
     *
     * @param weight the weight in the routing map
     * @param warmthPercent the effective percentage of it
     */
    public record Share(int weight, long warmthPercent) {}

    /** @param latencyNanos 0 while unknown */
    public record Load(int inFlight, double latencyNanos) {}

    /** What keeps an endpoint from calls, the most serious first. */
    public enum State {
        DOWN,
        LOST,
        DRAINING,
        /** The worker has several functions, none of them for the model. */
        NO_FUNCTION,
        EJECTED,
        /** Ejected; trial calls test it. */
        ON_TRIAL,
        WARMING,
        /** Silent while it has calls. */
        SUSPECTED,
        READY
    }

    static EndpointView of(Endpoint endpoint, @Nullable Candidates<Endpoint> routable, Policy policy, long key) {
        int index = routable == null ? -1 : routable.asList().indexOf(endpoint);
        return new EndpointView(
                endpoint.worker(),
                state(endpoint),
                new Share(endpoint.entry().share(), endpoint.warmthPercent()),
                new Load(endpoint.inFlight(), endpoint.latencyNanos()),
                routable == null || index < 0 ? null : policy.score(routable, index, key));
    }

    private static State state(Endpoint endpoint) {
        if (!endpoint.host().isUp()) {
            return State.DOWN;
        }
        if (endpoint.isLeaseLost()) {
            return State.LOST;
        }
        if (endpoint.isDraining()) {
            return State.DRAINING;
        }
        if (!endpoint.isAvailable()) {
            return State.NO_FUNCTION;
        }
        return switch (endpoint.breaker().state()) {
            case CLOSED -> stateWhenClosed(endpoint);
            case OPEN -> State.EJECTED;
            case HALF_OPEN -> State.ON_TRIAL;
        };
    }

    private static State stateWhenClosed(Endpoint endpoint) {
        if (endpoint.isWarming()) {
            return State.WARMING;
        }
        return endpoint.host().isSuspected() ? State.SUSPECTED : State.READY;
    }
}
