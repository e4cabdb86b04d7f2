package dev.foretell.examples;

import dev.foretell.worker.function.Default;
import dev.foretell.worker.function.Doc;
import java.util.stream.Stream;

/** Continues a series step by step: Holt's exponential smoothing with a trend. It streams its result. */
public final class Forecast {
    private static final double LEVEL_WEIGHT = 0.5;
    private static final double TREND_WEIGHT = 0.3;

    private Forecast() {}

    /** One step into the future, with its expected value. */
    public record Step(int step, double value) {}

    /** The current level and trend of the series. */
    private record State(double level, double trend) {
        State after(double value) {
            double next = LEVEL_WEIGHT * value + (1 - LEVEL_WEIGHT) * (level + trend);
            return new State(next, TREND_WEIGHT * (next - level) + (1 - TREND_WEIGHT) * trend);
        }
    }

    /** Each step is sent as soon as it is computed; without a number of steps the stream is endless. */
    @Doc("forecast of a series, step by step")
    public static Stream<Step> forecast(double[] series, @Default("0") long steps, @Default("0") long pauseMs) {
        State state = fit(series);
        Stream<Step> all = Stream.iterate(1, step -> step + 1)
                .peek(step -> rest(pauseMs))
                .map(step -> new Step(step, state.level() + step * state.trend()));
        return steps > 0 ? all.limit(steps) : all;
    }

    private static State fit(double[] series) {
        if (series.length < 2) {
            throw new IllegalArgumentException("a series has at least two values");
        }
        State state = new State(series[0], series[1] - series[0]);
        for (int i = 1; i < series.length; i++) {
            state = state.after(series[i]);
        }
        return state;
    }

    private static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("the caller has left", e);
        }
    }
}
