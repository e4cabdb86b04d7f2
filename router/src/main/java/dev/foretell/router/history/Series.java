package dev.foretell.router.history;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/** The rings of one model. Not thread-safe. */
final class Series {
    private final Map<Span, Ring> rings = new EnumMap<>(Span.class);
    private long lastCall;

    /** @param now a second: the model is as if it had been called then */
    Series(Durations durations, long now) {
        for (Span span : Span.values()) {
            rings.put(span, new Ring(span, durations));
        }
        lastCall = now;
    }

    void add(long second, int covered, Figures figures) {
        if (figures.calls() > 0 || lastCall > second) {
            lastCall = second;
        }
        rings.values().forEach(ring -> ring.add(second, covered, figures));
    }

    /** Since when nobody has called it; in seconds. */
    long idleSeconds(long second) {
        return second - lastCall;
    }

    float[] read(Span span, int figure, long second) {
        Ring ring = rings.get(span);
        return ring == null ? new float[0] : ring.read(figure, second);
    }

    /** The length of {@link #write}. */
    static int bytes(Durations durations) {
        int all = Long.BYTES;
        for (Span span : Span.values()) {
            all += Ring.bytes(span, durations.buckets());
        }
        return all;
    }

    void write(ByteBuffer to) {
        to.putLong(lastCall);
        rings.values().forEach(ring -> ring.write(to));
    }

    void read(ByteBuffer from) {
        lastCall = from.getLong();
        rings.values().forEach(ring -> ring.read(from));
    }
}
