package dev.foretell.router.overview;

import dev.foretell.router.history.Figures;
import dev.foretell.router.upstream.measure.CallTally.Outcome;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of calls between two looks.
 *
 * @param outcomes by the ordinal of {@link Outcome}
 * @param durations responses per bucket
 */
@SuppressWarnings("ArrayRecordComponent") // created for one reader
record CallDelta(long[] outcomes, int[] durations) {
    static CallDelta none(int buckets) {
        return new CallDelta(new long[Outcome.values().length], new int[buckets]);
    }

    void add(CallDelta other) {
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] += other.outcomes[i];
        }
        for (int i = 0; i < durations.length; i++) {
            durations[i] += other.durations[i];
        }
    }

    long count(Outcome outcome) {
        return outcomes[outcome.ordinal()];
    }

    long calls() {
        long all = 0;
        for (long count : outcomes) {
            all += count;
        }
        return all;
    }

    long errors() {
        return count(Outcome.CLIENT_ERROR) + count(Outcome.WORKER_ERROR) + count(Outcome.TIMEOUT);
    }

    Map<Outcome, Long> errorsByKind() {
        Map<Outcome, Long> errors = new EnumMap<>(Outcome.class);
        for (Outcome kind : new Outcome[] {Outcome.CLIENT_ERROR, Outcome.WORKER_ERROR, Outcome.TIMEOUT}) {
            errors.put(kind, count(kind));
        }
        return errors;
    }

    Figures figures(int inFlight) {
        return new Figures(calls(), errors(), count(Outcome.SHED), inFlight, durations);
    }
}
