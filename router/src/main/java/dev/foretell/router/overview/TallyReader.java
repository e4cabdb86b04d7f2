package dev.foretell.router.overview;

import dev.foretell.router.history.Durations;
import dev.foretell.router.upstream.measure.CallTally;
import dev.foretell.router.upstream.measure.CallTally.Outcome;
import dev.foretell.router.upstream.measure.Histogram;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what was added to tallies since they were last read. Confined to one thread. */
final class TallyReader {
    private static final Outcome[] OUTCOMES = Outcome.values();

    private final Map<CallTally, Last> known = new IdentityHashMap<>();
    private long round;

    /** What a tally had at the last look. */
    private static final class Last {
        private final long[] outcomes = new long[OUTCOMES.length];
        private final long[] durations;
        private long round;

        private Last(int buckets) {
            durations = new long[buckets];
        }
    }

    /** The buckets of all tallies. */
    static Durations durations() {
        long[] nanos = new CallTally().successes().bounds();
        double[] millis = new double[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            millis[i] = nanos[i] / 1e6;
        }
        return new Durations(millis);
    }

    /** Begins a round: tallies that are not read in it are forgotten at its end. */
    void begin() {
        round++;
    }

    void end() {
        known.values().removeIf(last -> last.round != round);
    }

    /** What was added since the last round; null if nothing was. A tally that is read for the first time began empty. */
    @Nullable
    CallDelta read(CallTally tally) {
        Histogram.Counted now = tally.successes();
        Last last = known.computeIfAbsent(tally, first -> new Last(now.counts().length));
        last.round = round;
        CallDelta delta = CallDelta.none(last.durations.length);
        boolean isChanged = false;
        for (int i = 0; i < last.durations.length; i++) {
            long added = now.counts()[i] - last.durations[i];
            delta.durations()[i] = (int) added;
            delta.outcomes()[Outcome.OK.ordinal()] += added;
            isChanged |= added != 0;
            last.durations[i] = now.counts()[i];
        }
        for (Outcome outcome : OUTCOMES) {
            if (outcome != Outcome.OK) {
                long count = tally.count(outcome);
                delta.outcomes()[outcome.ordinal()] = count - last.outcomes[outcome.ordinal()];
                isChanged |= count != last.outcomes[outcome.ordinal()];
                last.outcomes[outcome.ordinal()] = count;
            }
        }
        return isChanged ? delta : null;
    }
}
