package dev.foretell.router.http.predict;

import dev.foretell.router.predict.call.AttemptTrace;
import dev.foretell.router.predict.call.RouteTrace;
import dev.foretell.router.upstream.pool.EndpointView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How the way of a call is shown to people. */
public record RouteView(LongSupplier revision) {
    Map<String, Object> of(RouteTrace trace) {
        Map<String, Object> view = new LinkedHashMap<>();
        trace.pool().ifPresent(pool -> {
            view.put("model", pool.model().toString());
            view.put("policy", pool.policy().toString());
        });
        view.put("revision", revision.getAsLong());
        view.put(
                "candidates",
                trace.candidates().stream().map(RouteView::candidate).toList());
        view.put(
                "choice",
                trace.attempts().isEmpty()
                        ? null
                        : trace.attempts().get(0).worker().toString());
        view.put("attempts", trace.attempts().stream().map(RouteView::attempt).toList());
        view.put("queued", trace.isQueued());
        view.put("queued_ms", millis(trace.queueNanos()));
        view.put("batched", trace.isBatched());
        view.put("cached", trace.isCached());
        view.put("fallback", trace.fallback().orElse(null));
        return view;
    }

    private static Map<String, Object> candidate(EndpointView seat) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("worker", seat.worker().toString());
        view.put("state", seat.state().name());
        view.put("weight", seat.weight());
        view.put("warmth_percent", seat.warmthPercent());
        view.put("in_flight", seat.inFlight());
        view.put("latency_ms", seat.latencyNanos() == 0 ? null : millis(seat.latencyNanos()));
        view.put("score", seat.score());
        return view;
    }

    private static Map<String, Object> attempt(AttemptTrace attempt) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("worker", attempt.worker().toString());
        view.put("outcome", attempt.outcome());
        view.put("ms", millis(attempt.nanos()));
        return view;
    }

    private static double millis(double nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
