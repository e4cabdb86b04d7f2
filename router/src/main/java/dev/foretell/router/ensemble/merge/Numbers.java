package dev.foretell.router.ensemble.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.Comparator;
import java.util.List;

/**
 * Statistics of the numbers at one position. A statistic that picks one of them keeps its digits; the others compute in
 * doubles.
 */
final class Numbers {
    private static final Comparator<JsonNode> BY_SIZE = Comparator.comparing(JsonNode::decimalValue);

    private Numbers() {}

    static JsonNode min(List<JsonNode> numbers) {
        return numbers.stream().min(BY_SIZE).orElseThrow();
    }

    static JsonNode max(List<JsonNode> numbers) {
        return numbers.stream().max(BY_SIZE).orElseThrow();
    }

    static JsonNode median(List<JsonNode> numbers) {
        List<JsonNode> sorted = numbers.stream().sorted(BY_SIZE).toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : mean(sorted.subList(middle - 1, middle + 1), new double[] {1, 1});
    }

    static JsonNode mean(List<JsonNode> numbers, double[] weights) {
        return DoubleNode.valueOf(mean(doubles(numbers), weights));
    }

    /** The weighted population standard deviation: divided by the sum of the weights. */
    static JsonNode deviation(List<JsonNode> numbers, double[] weights) {
        double[] values = doubles(numbers);
        int exponent = exponent(values);
        double[] scaled = scale(values, -exponent); // no square overflows
        double mean = mean(scaled, weights);
        double[] squares = new double[scaled.length];
        for (int i = 0; i < scaled.length; i++) {
            squares[i] = (scaled[i] - mean) * (scaled[i] - mean);
        }
        return DoubleNode.valueOf(Math.scalb(Math.sqrt(mean(squares, weights)), exponent));
    }

    static double mean(double[] values, double[] weights) {
        double plain = sum(values, weights) / sum(weights);
        if (Double.isFinite(plain)) {
            return plain;
        }
        int exponent = exponent(values);
        return Math.scalb(sum(scale(values, -exponent), weights) / sum(weights), exponent);
    }

    static double sum(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }

    private static double sum(double[] values, double[] weights) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * weights[i];
        }
        return sum;
    }

    /** The exponent of the largest number; scaling by a power of two keeps the digits. */
    private static int exponent(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return Math.getExponent(largest);
    }

    private static double[] scale(double[] values, int exponent) {
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = Math.scalb(values[i], exponent);
        }
        return scaled;
    }

    private static double[] doubles(List<JsonNode> numbers) {
        return numbers.stream().mapToDouble(JsonNode::doubleValue).toArray();
    }
}
