package dev.foretell.worker.onnx.image;

/**
 * The weights of the old pixels for each new pixel along one side: a triangle around the new pixel's centre, one pixel
 * wide on each side, in old or new pixels, whichever are larger.
 */
final class Weights {
    private final int[] first;
    private final float[][] weights;

    private Weights(int[] first, float[][] weights) {
        this.first = first;
        this.weights = weights;
    }

    static Weights of(int from, int to) {
        double scale = (double) from / to;
        double reach = Math.max(scale, 1);
        int[] first = new int[to];
        float[][] weights = new float[to][];
        for (int i = 0; i < to; i++) {
            double middle = (i + 0.5) * scale;
            first[i] = Math.max(0, (int) (middle - reach + 0.5));
            int end = Math.min(from, (int) (middle + reach + 0.5));
            weights[i] = triangle(first[i], Math.max(end, first[i] + 1), middle, reach);
        }
        return new Weights(first, weights);
    }

    private static float[] triangle(int from, int to, double middle, double reach) {
        double[] raw = new double[to - from];
        double sum = 0;
        for (int i = 0; i < raw.length; i++) {
            raw[i] = Math.max(0, 1 - Math.abs(from + i + 0.5 - middle) / reach);
            sum += raw[i];
        }
        float[] weights = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            weights[i] = (float) (raw[i] / sum);
        }
        return weights;
    }

    /** Applies the weights from one line of numbers to another, each with its first index and its step. */
    void apply(float[] from, int fromFirst, int fromStep, float[] to, int toFirst, int toStep) {
        for (int i = 0; i < weights.length; i++) {
            float sum = 0;
            int at = fromFirst + first[i] * fromStep;
            for (float weight : weights[i]) {
                sum += weight * from[at];
                at += fromStep;
            }
            to[toFirst + i * toStep] = sum;
        }
    }
}
