package dev.foretell.router.http.dashboard;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.router.models.traffic.ShadowFigures;
import dev.foretell.router.models.traffic.VersionCalls;
import dev.foretell.router.upstream.measure.CallTally;
import dev.foretell.router.upstream.measure.Histogram;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The response of {@code GET /v1/dashboard/models/TYPE/MODEL}.
 *
 * @param outcomes how many calls ended how, since this router started
 * @param endpoints its workers, those of all versions
 * @param traffic null if it is not a registered model
 */
record ModelDetails(
        @JsonUnwrapped ModelItem summary,
        Map<String, Long> outcomes,
        Latency latency,
        List<WorkerItem> endpoints,
        @Nullable Traffic traffic) {
    /**
     * The durations of responses since this router started.
     *
     * @param boundsMillis the upper bound of each bucket except the last, which has none
     * @param counts responses per bucket
     */
    record Latency(List<Double> boundsMillis, List<Long> counts) {
        static Latency of(List<CallTally> tallies) {
            Histogram.Counted durations = new CallTally().successes();
            for (CallTally tally : tallies) {
                durations = durations.plus(tally.successes());
            }
            return new Latency(
                    Arrays.stream(durations.bounds())
                            .mapToObj(nanos -> nanos / 1e6)
                            .toList(),
                    Arrays.stream(durations.counts()).boxed().toList());
        }
    }

    static Map<String, Long> outcomes(List<CallTally> tallies) {
        Map<String, Long> outcomes = new TreeMap<>();
        for (CallTally.Outcome outcome : CallTally.Outcome.values()) {
            String word = outcome.name().toLowerCase(Locale.ROOT);
            outcomes.put(
                    word,
                    tallies.stream().mapToLong(tally -> tally.count(outcome)).sum());
        }
        return outcomes;
    }

    /**
     * How the calls of a registered model are spread, since its plan began; as in {@code GET /v1/models/NAME/traffic}.
     *
     * @param shadowed null without a shadow
     */
    record Traffic(
            Map<Integer, VersionCalls> versions, @Nullable ShadowFigures shadowed) {}
}
