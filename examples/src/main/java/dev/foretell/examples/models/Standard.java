package dev.foretell.examples.models;

/** The mean and standard deviation of each column, used to scale rows. */
record Standard(double[] mean, double[] deviation) {
    static Standard of(double[][] rows) {
        int width = rows[0].length;
        double[] mean = new double[width];
        double[] deviation = new double[width];
        for (int i = 0; i < width; i++) {
            for (double[] row : rows) {
                mean[i] += row[i] / rows.length;
            }
            double squares = 0;
            for (double[] row : rows) {
                squares += (row[i] - mean[i]) * (row[i] - mean[i]);
            }
            deviation[i] = Math.sqrt(squares / rows.length);
        }
        return new Standard(mean, deviation);
    }

    int width() {
        return mean.length;
    }

    double[][] apply(double[][] rows) {
        double[][] scaled = new double[rows.length][width()];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < width(); i++) {
                scaled[row][i] = (rows[row][i] - mean[i]) / deviation[i];
            }
        }
        return scaled;
    }
}
