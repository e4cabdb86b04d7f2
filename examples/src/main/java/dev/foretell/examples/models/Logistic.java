package dev.foretell.examples.models;

/** Multinomial logistic regression, trained by deterministic gradient descent over all rows. */
record Logistic(float[] coefficients, float[] intercepts) {
    private static final int STEPS = 2_000;
    private static final double RATE = 0.5;

    /**
     * @param classes the class of each row, from 0
     * @return weights class by class, for unscaled rows
     */
    static Logistic learn(double[][] rows, int[] classes, int count, double penalty) {
        Standard standard = Standard.of(rows);
        double[][] scaled = standard.apply(rows);
        double[][] weights = new double[count][standard.width() + 1];
        for (int step = 0; step < STEPS; step++) {
            descend(weights, scaled, classes, penalty);
        }
        return withoutScaling(weights, standard);
    }

    private static void descend(double[][] weights, double[][] rows, int[] classes, double penalty) {
        double[][] slope = new double[weights.length][weights[0].length];
        for (int row = 0; row < rows.length; row++) {
            double[] odds = Softmax.of(scores(weights, rows[row]));
            odds[classes[row]] -= 1;
            for (int c = 0; c < weights.length; c++) {
                add(slope[c], rows[row], odds[c]);
            }
        }
        for (int c = 0; c < weights.length; c++) {
            int width = rows[0].length;
            for (int i = 0; i <= width; i++) {
                double pull = i < width ? penalty * weights[c][i] : 0;
                weights[c][i] -= RATE * (slope[c][i] + pull) / rows.length;
            }
        }
    }

    private static void add(double[] slope, double[] row, double times) {
        for (int i = 0; i < row.length; i++) {
            slope[i] += times * row[i];
        }
        slope[row.length] += times;
    }

    private static double[] scores(double[][] weights, double[] row) {
        double[] scores = new double[weights.length];
        for (int c = 0; c < scores.length; c++) {
            scores[c] = weights[c][row.length];
            for (int i = 0; i < row.length; i++) {
                scores[c] += weights[c][i] * row[i];
            }
        }
        return scores;
    }

    private static Logistic withoutScaling(double[][] weights, Standard standard) {
        int width = standard.width();
        float[] coefficients = new float[weights.length * width];
        float[] intercepts = new float[weights.length];
        for (int c = 0; c < weights.length; c++) {
            double intercept = weights[c][width];
            for (int i = 0; i < width; i++) {
                double coefficient = weights[c][i] / standard.deviation()[i];
                coefficients[c * width + i] = (float) coefficient;
                intercept -= coefficient * standard.mean()[i];
            }
            intercepts[c] = (float) intercept;
        }
        return new Logistic(coefficients, intercepts);
    }
}
