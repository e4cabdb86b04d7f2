package dev.foretell.cli.bench;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a load has measured. */
record BenchResult(
        LoadPlan plan,
        Counts counts,
        Map<Integer, LongAdder> failures,
        LatencyHistogram latencies,
        double seconds,
        Outcome outcome) {
    /** @param unsent calls that were due and that no connection was free to begin */
    record Counts(long calls, long failed, long unsent) {}

    /** @param firstFailure in words; empty if no call has failed */
    record Outcome(boolean stopped, String firstFailure) {}

    /** The result for scripts. */
    @JsonPropertyOrder({"calls", "failed", "unsent", "stopped", "seconds", "callsPerSecond"})
    record Report(
            long calls,
            long failed,
            long unsent,
            boolean stopped,
            double seconds,
            double callsPerSecond,
            Map<String, Long> failuresByStatus,
            Map<String, Double> latencyMs,
            List<LatencyPlot.Bar> histogram) {}

    double callsPerSecond() {
        return seconds > 0 ? counts.calls() / seconds : 0;
    }

    Report report() {
        return new Report(
                counts.calls(),
                counts.failed(),
                counts.unsent(),
                outcome.stopped(),
                seconds,
                callsPerSecond(),
                byStatus(),
                latencyMs(),
                LatencyPlot.bars(latencies));
    }

    /** Failed calls by status; {@code none} for those without a response. */
    Map<String, Long> byStatus() {
        Map<String, Long> byStatus = new LinkedHashMap<>();
        failures.forEach((status, count) -> byStatus.put(status == 0 ? "none" : String.valueOf(status), count.sum()));
        return byStatus;
    }

    Map<String, Double> latencyMs() {
        Map<String, Double> latency = new LinkedHashMap<>();
        latency.put("mean", latencies.meanMicros() / 1000);
        latency.put("p50", latencies.percentileMicros(0.5) / 1000.0);
        latency.put("p90", latencies.percentileMicros(0.9) / 1000.0);
        latency.put("p99", latencies.percentileMicros(0.99) / 1000.0);
        latency.put("p999", latencies.percentileMicros(0.999) / 1000.0);
        latency.put("max", latencies.maxMicros() / 1000.0);
        return latency;
    }
}
