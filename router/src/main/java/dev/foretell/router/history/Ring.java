package dev.foretell.router.history;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The figures of one model in the last steps of equal length; the step of a time is its quotient by that length. What nobody
 * measured is not a number. A clock that jumps ahead leaves a gap; one that jumps back takes back what now lies ahead.
 * Not thread-safe.
 */
final class Ring {
    static final int CALLS = 0;
    static final int ERRORS = 1;
    static final int SHED = 2;
    static final int P50 = 3;
    static final int P99 = 4;
    static final int IN_FLIGHT = 5;
    /** The figures of each step. */
    static final int FIGURES = 6;

    private static final long NEVER = Long.MIN_VALUE;

    private final Span span;
    private final Durations durations;
    private final float[] values;
    private final int[] responses;
    private long last = NEVER;
    private int seconds;
    private long calls;
    private long errors;
    private long shed;
    private int inFlight;

    Ring(Span span, Durations durations) {
        this.span = span;
        this.durations = durations;
        this.values = new float[span.steps() * FIGURES];
        this.responses = new int[durations.buckets()];
        Arrays.fill(values, Float.NaN);
    }

    /**
     * Adds figures to the step of a second.
     *
     * @param covered how many seconds up to this one they are of
     */
    void add(long second, int covered, Figures figures) {
        long step = Math.floorDiv(second, span.stepSeconds());
        if (step != last) {
            moveTo(step);
        }
        seconds += covered;
        calls += figures.calls();
        errors += figures.errors();
        shed += figures.shed();
        inFlight = Math.max(inFlight, figures.inFlight());
        for (int i = 0; i < responses.length; i++) {
            responses[i] += figures.durations()[i];
        }
        write();
        for (int i = 1; i < covered && span.stepSeconds() == 1; i++) {
            System.arraycopy(values, at(step), values, at(step - i), FIGURES);
        }
    }

    private void moveTo(long step) {
        int steps = span.steps();
        if (last != NEVER && step > last) {
            clear(Math.max(last + 1, step - steps + 1), step);
        } else if (last != NEVER) {
            clear(step, Math.min(last, step + steps - 1));
        }
        last = step;
        seconds = 0;
        calls = 0;
        errors = 0;
        shed = 0;
        inFlight = 0;
        Arrays.fill(responses, 0);
    }

    /** Clears at most as many steps as there are. */
    private void clear(long from, long to) {
        for (long step = from; step <= to; step++) {
            Arrays.fill(values, at(step), at(step) + FIGURES, Float.NaN);
        }
    }

    private void write() {
        int at = at(last);
        float length = Math.max(1, seconds);
        values[at + CALLS] = calls / length;
        values[at + ERRORS] = errors / length;
        values[at + SHED] = shed / length;
        values[at + P50] = durations.percentile(responses, 0.5);
        values[at + P99] = durations.percentile(responses, 0.99);
        values[at + IN_FLIGHT] = inFlight;
    }

    private int at(long step) {
        return Math.floorMod(step, span.steps()) * FIGURES;
    }

    /** One figure of each step up to that of a second, the oldest first. */
    float[] read(int figure, long second) {
        long now = Math.floorDiv(second, span.stepSeconds());
        float[] line = new float[span.steps()];
        for (int i = 0; i < line.length; i++) {
            long step = now - line.length + 1 + i;
            boolean isKept = last != NEVER && step <= last && step > last - line.length;
            line[i] = isKept ? values[at(step) + figure] : Float.NaN;
        }
        return line;
    }

    /** The length of {@link #write(ByteBuffer)}. */
    static int bytes(Span span, int buckets) {
        return Float.BYTES * span.steps() * FIGURES + Integer.BYTES * (buckets + 2) + Long.BYTES * 4;
    }

    void write(ByteBuffer to) {
        to.putLong(last)
                .putInt(seconds)
                .putLong(calls)
                .putLong(errors)
                .putLong(shed)
                .putInt(inFlight);
        for (int count : responses) {
            to.putInt(count);
        }
        for (float value : values) {
            to.putFloat(value);
        }
    }

    void read(ByteBuffer from) {
        last = from.getLong();
        seconds = from.getInt();
        calls = from.getLong();
        errors = from.getLong();
        shed = from.getLong();
        inFlight = from.getInt();
        for (int i = 0; i < responses.length; i++) {
            responses[i] = from.getInt();
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = from.getFloat();
        }
    }
}
