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
 * The trace of a call for people.
 *
 * @param revision the revision of the routing table
 * @param choice the first worker of the call; null if it was sent to none
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

    /** The pool of the call; omitted if it reached none. */
    record Pool(String model, String policy) {
        private static Pool of(EndpointPool pool) {
            return new Pool(pool.model().toString(), pool.policy().toString());
        }
    }

    /** A worker of the model at the time of the choice. */
    record Candidate(
            String worker,
            EndpointView.State state,
            @JsonUnwrapped Share share,
            @JsonUnwrapped Load load) {
        private static Candidate of(EndpointView endpoint) {
            return new Candidate(
                    endpoint.worker().toString(),
                    endpoint.state(),
                    new Share(endpoint.share().weight(), endpoint.share().warmthPercent()),
                    Load.of(endpoint));
        }
    }

    /** @param warmthPercent the effective part of its weight */
    @JsonNaming(SnakeCaseStrategy.class)
    record Share(int weight, long warmthPercent) {}

    /**
     * @param latencyMs null while unknown
     * @param score the policy's score, lower is better; null if the policy does not see the worker
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Load(
            int inFlight,
            @Nullable Double latencyMs,
            @Nullable Double score) {
        private static Load of(EndpointView endpoint) {
            double nanos = endpoint.load().latencyNanos();
            return new Load(endpoint.load().inFlight(), nanos == 0 ? null : millis(nanos), endpoint.score());
        }
    }

    /** One attempt at a worker. */
    record Attempt(String worker, String outcome, double ms) {
        private static Attempt of(AttemptTrace attempt) {
            return new Attempt(attempt.worker().toString(), attempt.outcome(), millis(attempt.nanos()));
        }
    }

    /**
     * Everything between the call and its own worker.
     *
     * @param fallback as in the header; null if the response is the model's own
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
