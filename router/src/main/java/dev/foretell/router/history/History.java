package dev.foretell.router.history;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the last 24 hours, of all calls and of each of up to {@link #MAX_MODELS} models: 8.5 KB each, 26 MB in
 * all. A further model counts in the total alone, until one of the others has had no call for 24 hours. The caller has the
 * clock. Thread-safe.
 */
public final class History {
    public static final int MAX_MODELS = 3_000;

    private static final long DAY = 24 * 60 * 60;
    /** Figures that come later than this many seconds after the last ones leave a gap. */
    private static final int MAX_LATE = 5;
    /** In seconds; thousands of models may wait for room. */
    private static final int SWEEP_EVERY = 60;

    private final Durations durations;
    private final Series total;
    private final Map<String, Series> models = new HashMap<>();
    private boolean isBegun;
    private long lastSecond;
    private long lastSweep;

    public History(Durations durations) {
        this.durations = durations;
        this.total = new Series(durations, 0);
    }

    public Durations durations() {
        return durations;
    }

    /**
     * Records what happened since the last record. Call it about once a second.
     *
     * @param second the present time, in seconds since 1970
     * @param all the figures of all calls
     * @param byModel the models with calls, or with calls in flight, by names such as {@code AI/fib}
     */
    public synchronized void record(long second, Figures all, Map<String, Figures> byModel) {
        int covered = covered(second);
        isBegun = true;
        lastSecond = second;
        total.add(second, covered, all);
        byModel.forEach((model, figures) -> {
            if (!models.containsKey(model) && figures.calls() > 0 && hasRoom(second)) {
                models.put(model, new Series(durations, second));
            }
        });
        Figures idle = Figures.idle(0, durations.buckets());
        models.forEach((model, series) -> series.add(second, covered, byModel.getOrDefault(model, idle)));
    }

    /** How many seconds a record is of: none if it comes within the last one's, and one after a jump. */
    private int covered(long second) {
        long late = second - lastSecond;
        return isBegun && late >= 0 && late <= MAX_LATE ? (int) late : 1;
    }

    private boolean hasRoom(long second) {
        if (models.size() >= MAX_MODELS && Math.abs(second - lastSweep) >= SWEEP_EVERY) {
            lastSweep = second;
            models.values().removeIf(series -> series.idleSeconds(second) > DAY);
        }
        return models.size() < MAX_MODELS;
    }

    /**
     * The figures of a span.
     *
     * @param model such as {@code AI/fib}; null for all calls. One without rings of its own has only gaps.
     */
    public synchronized HistoryView view(Span span, @Nullable String model, long second) {
        Series series = model == null ? total : models.get(model);
        return HistoryView.of(series == null ? new Series(durations, second) : series, span, second);
    }

    /** The latest p99 of a model within the last minute, in milliseconds; null if it gave no response. */
    public synchronized @Nullable Double latestP99(@Nullable String model, long second) {
        Series series = model == null ? total : models.get(model);
        if (series == null) {
            return null;
        }
        float[] recent = series.read(Span.TEN_MINUTES, Ring.P99, second);
        for (int i = recent.length - 1; i >= recent.length - 6; i--) {
            if (Float.isFinite(recent[i])) {
                return HistoryView.round(recent[i]);
            }
        }
        return null;
    }

    /** The models with rings of their own. */
    public synchronized int size() {
        return models.size();
    }

    synchronized List<String> names() {
        return List.copyOf(models.keySet());
    }

    /** The rings of a model as bytes, all of one length; null for the total. An empty array if it has none (any more). */
    synchronized byte[] bytes(@Nullable String model) {
        Series series = model == null ? total : models.get(model);
        if (series == null) {
            return new byte[0];
        }
        ByteBuffer buffer = ByteBuffer.allocate(Series.bytes(durations));
        series.write(buffer);
        return buffer.array();
    }

    int bytesPerModel() {
        return Series.bytes(durations);
    }

    /** Takes over saved rings; null for the total. */
    synchronized void restore(@Nullable String model, byte[] saved) {
        Series series = model == null ? total : new Series(durations, 0);
        series.read(ByteBuffer.wrap(saved));
        if (model != null && models.size() < MAX_MODELS) {
            models.put(model, series);
        }
    }
}
