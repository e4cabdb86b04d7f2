package dev.foretell.router.history;

import java.nio.ByteBuffer;

/** The rings of one model. Not thread-safe. */
final class Series {
    private static final Span[] SPANS = Span.values();

    /** By the ordinals of their spans. */
    private final Ring[] rings = new Ring[SPANS.length];

    private long lastCall;

    /** @param now a second: the model is as if it had been called then */
    Series(Durations durations, long now) {
        for (Span span : SPANS) {
            rings[span.ordinal()] = new Ring(span, durations);
        }
        lastCall = now;
    }

    void add(long second, int covered, Figures figures) {
        if (figures.calls() > 0 || lastCall > second) {
            lastCall = second;
        }
        for (Ring ring : rings) {
            ring.add(second, covered, figures);
        }
    }

    /** Since when nobody has called it; in seconds. */
    long idleSeconds(long second) {
        return second - lastCall;
    }

    float[] read(Span span, int figure, long second) {
        return rings[span.ordinal()].read(figure, second);
    }

    /** The length of {@link #write}. */
    static int bytes(Durations durations) {
        int all = Long.BYTES;
        for (Span span : SPANS) {
            all += Ring.bytes(span, durations.buckets());
        }
        return all;
    }

    void write(ByteBuffer to) {
        to.putLong(lastCall);
        for (Ring ring : rings) {
            ring.write(to);
        }
    }

    void read(ByteBuffer from) {
        lastCall = from.getLong();
        for (Ring ring : rings) {
            ring.read(from);
        }
    }
}
