package dev.foretell.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Latencies as bars for a terminal of 80 columns, one for each doubling by its half. */
final class LatencyPlot {
    private static final int WIDTH = 44;
    private static final double FULL = 0.999999;

    private LatencyPlot() {}

    /**
     * The calls between two latencies.
     *
     * @param toMs exclusive
     */
    record Bar(double fromMs, double toMs, long calls) {}

    /** The bars from the fastest to the slowest call. */
    static List<Bar> bars(LatencyHistogram latencies) {
        List<Bar> bars = new ArrayList<>();
        long all = latencies.count();
        long from = 0;
        long below = 0;
        for (long to = 16; below < all; to = next(to)) {
            long upTo = latencies.countBelow(to);
            if (upTo > 0) {
                bars.add(new Bar(from / 1000.0, to / 1000.0, upTo - below));
            }
            from = to;
            below = upTo;
        }
        return bars;
    }

    /** 16, 24, 32, 48, 64 …: each is the end of a bucket of the histogram. */
    private static long next(long micros) {
        return Long.bitCount(micros) == 1 ? micros + micros / 2 : micros / 3 * 4;
    }

    static String text(LatencyHistogram latencies) {
        List<Bar> bars = bars(latencies);
        long most = bars.stream().mapToLong(Bar::calls).max().orElse(1);
        StringBuilder text = new StringBuilder();
        for (Bar bar : bars) {
            int length = (int) (bar.calls() * (double) WIDTH / most + FULL);
            text.append(String.format(
                    Locale.ROOT, "%9.3f ms  %-" + WIDTH + "s  %d%n", bar.toMs(), "█".repeat(length), bar.calls()));
        }
        return text.toString();
    }
}
