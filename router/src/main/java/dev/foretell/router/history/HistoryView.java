package dev.foretell.router.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a span, for {@code GET /v1/dashboard/history}.
 *
 * @param from the beginning of the first step, ISO 8601 in UTC
 */
public record HistoryView(int stepSeconds, String from, Lines series) {
    /** One value per step, the oldest first; null where nobody measured, or where no call got a response. */
    public record Lines(
            List<@Nullable Double> calls,
            List<@Nullable Double> errors,
            List<@Nullable Double> shed,
            List<@Nullable Double> p50Millis,
            List<@Nullable Double> p99Millis,
            List<@Nullable Double> inFlight) {}

    static HistoryView of(Series series, Span span, long second) {
        long last = Math.floorDiv(second, span.stepSeconds());
        return new HistoryView(
                span.stepSeconds(),
                Instant.ofEpochSecond((last - span.steps() + 1) * span.stepSeconds())
                        .toString(),
                new Lines(
                        line(series.read(span, Ring.CALLS, second)),
                        line(series.read(span, Ring.ERRORS, second)),
                        line(series.read(span, Ring.SHED, second)),
                        line(series.read(span, Ring.P50, second)),
                        line(series.read(span, Ring.P99, second)),
                        line(series.read(span, Ring.IN_FLIGHT, second))));
    }

    private static List<@Nullable Double> line(float[] values) {
        List<@Nullable Double> line = new ArrayList<>(values.length);
        for (float value : values) {
            line.add(round(value));
        }
        return line;
    }

    /** To three decimals; null for what is not a number. */
    static @Nullable Double round(float value) {
        return Float.isFinite(value) ? Math.round(value * 1000.0) / 1000.0 : null;
    }
}
