package dev.foretell.router.overview;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.ensemble.call.LiveEnsemble;
import dev.foretell.router.ensemble.call.LiveEnsembles;
import dev.foretell.router.history.Figures;
import dev.foretell.router.history.History;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.upstream.measure.CallTally;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the counters of calls into rates, and records them in the history. Versions count for their model; the calls of an
 * ensemble and those of its members are all calls. Confined to one thread, except {@link #now}.
 */
final class CallWatch {
    private static final int WINDOW = 10;

    /** Where calls are counted. */
    record Counters(EndpointPools pools, LiveEnsembles ensembles, Outcomes outcomes, Admission admission) {}

    private final Counters counters;
    private final History history;
    private final TallyReader tallies = new TallyReader();
    private final Deque<int[]> recent = new ArrayDeque<>();
    private volatile CallRates now = CallRates.NONE;

    CallWatch(Counters counters, History history) {
        this.counters = counters;
        this.history = history;
    }

    /** The rates at the last look. */
    CallRates now() {
        return now;
    }

    /**
     * Looks at all counters.
     *
     * @param second the present time, in seconds since 1970
     * @param elapsedSeconds since the last look
     */
    void look(long second, double elapsedSeconds) {
        CallDelta all = CallDelta.none(history.durations().buckets());
        Map<String, CallDelta> byModel = new HashMap<>();
        Map<String, Integer> inFlight = new HashMap<>();
        tallies.begin();
        for (EndpointPool pool : counters.pools().all()) {
            ModelKey model = pool.model().base();
            add(model, pool.tally().calls(), all, byModel);
            int calls = pool.inFlight();
            if (calls > 0) {
                inFlight.merge(model.toString(), calls, Math::max);
            }
        }
        for (LiveEnsemble ensemble : counters.ensembles().all()) {
            add(ensemble.key(), ensemble.tally(), all, byModel);
        }
        add(null, counters.outcomes().unknown(), all, byModel);
        tallies.end();
        record(second, all, byModel, inFlight);
        publish(all, byModel, elapsedSeconds);
    }

    private void add(@Nullable ModelKey model, CallTally tally, CallDelta all, Map<String, CallDelta> byModel) {
        CallDelta delta = tallies.read(tally);
        if (delta == null) {
            return;
        }
        all.add(delta);
        if (model != null) {
            CallDelta known = byModel.putIfAbsent(model.toString(), delta);
            if (known != null) {
                known.add(delta);
            }
        }
    }

    private void record(long second, CallDelta all, Map<String, CallDelta> byModel, Map<String, Integer> inFlight) {
        Map<String, Figures> figures = new HashMap<>();
        byModel.forEach((model, delta) -> figures.put(model, delta.figures(inFlight.getOrDefault(model, 0))));
        inFlight.forEach((model, calls) -> figures.computeIfAbsent(
                model, idle -> Figures.idle(calls, history.durations().buckets())));
        history.record(second, all.figures(counters.admission().inFlight()), figures);
    }

    private void publish(CallDelta all, Map<String, CallDelta> byModel, double elapsedSeconds) {
        recent.addLast(all.durations());
        if (recent.size() > WINDOW) {
            recent.removeFirst();
        }
        int[] durations = new int[history.durations().buckets()];
        for (int[] part : recent) {
            for (int i = 0; i < durations.length; i++) {
                durations[i] += part[i];
            }
        }
        Map<String, CallRates.OfModel> models = new HashMap<>();
        byModel.forEach((model, delta) -> models.put(model, CallRates.OfModel.of(delta, elapsedSeconds)));
        now = CallRates.of(
                all,
                elapsedSeconds,
                counters.admission().inFlight(),
                new CallRates.Percentiles(
                        history.durations().percentile(durations, 0.5),
                        history.durations().percentile(durations, 0.99)),
                models);
    }
}
