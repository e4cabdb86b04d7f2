package dev.foretell.router.overview;

import dev.foretell.router.upstream.measure.CallTally.Outcome;
import java.util.EnumMap;
import java.util.Map;

/**
 * The calls of the last second.
 *
 * @param errorsPerSecond by kind, apart from shed calls
 * @param models those with calls, by names such as {@code AI/fib}
 */
public record CallRates(
        double callsPerSecond,
        Map<Outcome, Double> errorsPerSecond,
        double shedPerSecond,
        int inFlight,
        Percentiles last10Seconds,
        Map<String, OfModel> models) {
    static final CallRates NONE = new CallRates(0, Map.of(), 0, 0, new Percentiles(Float.NaN, Float.NaN), Map.of());

    /** Of the responses of the last ten seconds, in milliseconds; not a number without any. */
    public record Percentiles(float p50Millis, float p99Millis) {}

    /** The calls of one model. */
    public record OfModel(double callsPerSecond, double errorsPerSecond) {
        public static final OfModel NONE = new OfModel(0, 0);

        static OfModel of(CallDelta delta, double seconds) {
            return new OfModel(perSecond(delta.calls(), seconds), perSecond(delta.errors(), seconds));
        }
    }

    static CallRates of(
            CallDelta all, double seconds, int inFlight, Percentiles percentiles, Map<String, OfModel> models) {
        Map<Outcome, Double> errors = new EnumMap<>(Outcome.class);
        all.errorsByKind().forEach((kind, count) -> errors.put(kind, perSecond(count, seconds)));
        return new CallRates(
                perSecond(all.calls(), seconds),
                errors,
                perSecond(all.count(Outcome.SHED), seconds),
                inFlight,
                percentiles,
                models);
    }

    /** To two decimals. */
    private static double perSecond(long count, double seconds) {
        return Math.round(count / Math.max(seconds, 0.001) * 100) / 100.0;
    }
}
