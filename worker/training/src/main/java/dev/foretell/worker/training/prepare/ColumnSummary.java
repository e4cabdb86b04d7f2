package dev.foretell.worker.training.prepare;

import java.util.Arrays;

/**
 * What a preparation has to know of one column's rows, gathered row by row: enough to encode and scale it, but for the median. Summaries
 * of parts of the rows add up. Not thread-safe.
 */
public final class ColumnSummary {
    private long known;
    private long missing;
    private double mean;
    /** The sum of squared differences from the mean. */
    private double squares;

    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private long[] texts = {};

    /** @param cell a number, or the index of a text; {@code NaN} where it is missing */
    public void add(double cell, boolean isText) {
        if (Double.isNaN(cell)) {
            missing++;
        } else if (isText) {
            count((int) cell);
        } else {
            measure(cell);
        }
    }

    private void count(int text) {
        if (text >= texts.length) {
            texts = Arrays.copyOf(texts, Math.max(text + 1, texts.length + (texts.length >> 1)));
        }
        texts[text]++;
        known++;
    }

    private void measure(double number) {
        known++;
        double difference = number - mean;
        mean += difference / known;
        squares += difference * (number - mean);
        least = Math.min(least, number);
        most = Math.max(most, number);
    }

    /** The summary of the rows of both. */
    public ColumnSummary plus(ColumnSummary other) {
        ColumnSummary sum = new ColumnSummary();
        sum.known = known + other.known;
        sum.missing = missing + other.missing;
        sum.least = Math.min(least, other.least);
        sum.most = Math.max(most, other.most);
        sum.texts = Arrays.copyOf(texts, Math.max(texts.length, other.texts.length));
        for (int i = 0; i < other.texts.length; i++) {
            sum.texts[i] += other.texts[i];
        }
        if (sum.known > 0) {
            double difference = other.mean - mean;
            double share = (double) other.known / sum.known;
            sum.mean = mean + difference * share;
            sum.squares = squares + other.squares + difference * difference * known * share;
        }
        return sum;
    }

    /** This column of numbers, with each missing one replaced. */
    ColumnSummary withFill(double fill) {
        ColumnSummary fills = new ColumnSummary();
        fills.known = missing;
        fills.mean = missing == 0 ? 0 : fill;
        fills.least = missing == 0 ? fills.least : fill;
        fills.most = missing == 0 ? fills.most : fill;
        return plusKnown(fills);
    }

    private ColumnSummary plusKnown(ColumnSummary fills) {
        ColumnSummary sum = plus(fills);
        sum.missing = 0;
        return sum;
    }

    long rows() {
        return known + missing;
    }

    long missing() {
        return missing;
    }

    /** Rows with this text. */
    long texts(int text) {
        return text < texts.length ? texts[text] : 0;
    }

    double mean() {
        return mean;
    }

    /** The mean squared difference from the mean. */
    double variance() {
        return known == 0 ? 0 : squares / known;
    }

    double range() {
        return most - least;
    }
}
