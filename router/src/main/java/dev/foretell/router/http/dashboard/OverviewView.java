package dev.foretell.router.http.dashboard;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.router.overview.CallRates;
import dev.foretell.router.overview.Overview;
import dev.foretell.router.overview.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The response of {@code GET /v1/dashboard/overview}.
 *
 * @param now ISO 8601 in UTC
 * @param role what its caller may do
 */
record OverviewView(
        String now,
        long uptimeSeconds,
        String role,
        @JsonUnwrapped Calls calls,
        @JsonUnwrapped Size size,
        List<Problem> problems) {
    /**
     * The calls of the last second.
     *
     * @param p50Millis of the responses of the last ten seconds; null without any
     */
    record Calls(
            double callsPerSecond,
            Map<String, Double> errorsPerSecond,
            @Nullable Double p50Millis,
            @Nullable Double p99Millis,
            int inFlight,
            double shedPerSecond) {
        static Calls of(CallRates rates) {
            Map<String, Double> errors = new TreeMap<>();
            rates.errorsPerSecond()
                    .forEach((kind, rate) -> errors.put(kind.name().toLowerCase(Locale.ROOT), rate));
            return new Calls(
                    rates.callsPerSecond(),
                    errors,
                    millis(rates.last10Seconds().p50Millis()),
                    millis(rates.last10Seconds().p99Millis()),
                    rates.inFlight(),
                    rates.shedPerSecond());
        }

        private static @Nullable Double millis(float value) {
            return Float.isFinite(value) ? Math.round(value * 1000.0) / 1000.0 : null;
        }
    }

    /** The numbers of models and workers. */
    record Size(int models, int workers) {}

    static OverviewView of(Overview overview, Role role) {
        return new OverviewView(
                overview.now().toString(),
                overview.uptimeSeconds(),
                role.text(),
                Calls.of(overview.calls()),
                new Size(overview.models(), overview.workers()),
                overview.problems());
    }
}
