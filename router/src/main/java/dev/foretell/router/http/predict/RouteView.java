package dev.foretell.router.http.predict;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.foretell.router.predict.call.AttemptTrace;
import dev.foretell.router.predict.call.RouteTrace;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the way of a call is shown to people.
 *
 * @param revision of the routing table
 * @param choice the worker that the call was sent to first; null where it was sent to none
 */
record RouteView(
        @JsonUnwrapped @Nullable Pool pool,
        long revision,
        List<Candidate> candidates,
        @Nullable String choice,
        List<Attempt> attempts,
        @JsonUnwrapped Detours detours) {
    static RouteView of(RouteTrace trace, long revision) {
        List<Attempt> attempts = trace.attempts().stream().map(Attempt::of).toList();
        return new RouteView(
                trace.pool().map(Pool::of).orElse(null),
                revision,
                trace.candidates().stream().map(Candidate::of).toList(),
                attempts.isEmpty() ? null : attempts.get(0).worker(),
                attempts,
                Detours.of(trace));
    }

    /** Where the call came to; left out where it came nowhere. */
    record Pool(String model, String policy) {
        private static Pool of(EndpointPool pool) {
            return new Pool(pool.model().toString(), pool.policy().toString());
        }
    }

    /** A worker of the model when one was to be chosen. */
    record Candidate(
            String worker,
            EndpointView.State state,
            @JsonUnwrapped Share share,
            @JsonUnwrapped Load load) {
        private static Candidate of(EndpointView endpoint) {
            return new Candidate(
                    endpoint.worker().toString(),
                    endpoint.state(),
                    new Share(endpoint.weight(), endpoint.warmthPercent()),
                    Load.of(endpoint));
        }
    }

    /** @param warmthPercent how much of its weight it gets */
    @JsonNaming(SnakeCaseStrategy.class)
    record Share(int weight, long warmthPercent) {}

    /**
     * @param latencyMs null while it is unknown
     * @param score what the policy makes of it, lower is better; null where the policy does not see it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Load(
            int inFlight,
            @Nullable Double latencyMs,
            @Nullable Double score) {
        private static Load of(EndpointView endpoint) {
            double nanos = endpoint.latencyNanos();
            return new Load(endpoint.inFlight(), nanos == 0 ? null : millis(nanos), endpoint.score());
        }
    }

    /** One attempt at a worker. */
    record Attempt(String worker, String outcome, double ms) {
        private static Attempt of(AttemptTrace attempt) {
            return new Attempt(attempt.worker().toString(), attempt.outcome(), millis(attempt.nanos()));
        }
    }

    /**
     * What came between the call and a worker of its own.
     *
     * @param fallback as in the header; null where the response is the model's own
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Detours(
            boolean queued,
            double queuedMs,
            boolean batched,
            boolean cached,
            @Nullable String fallback) {
        private static Detours of(RouteTrace trace) {
            return new Detours(
                    trace.isQueued(),
                    millis(trace.queueNanos()),
                    trace.isBatched(),
                    trace.isCached(),
                    trace.fallback().orElse(null));
        }
    }

    private static double millis(double nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
