package dev.foretell.examples.models;

import java.util.List;
import java.util.Random;

/**
 * Synthetic patients, distributed like those of the well-known diabetes data: ten measures each, in their own units,
 * and the progression of the disease after a year, from 25 to 346. It grows with weight, blood pressure and the
 * logarithm of triglycerides, falls with HDL, and has a random part.
 */
record Patients(double[][] measures, double[] progression) {
    /**
     * Years; 1 or 2; kg/m²; mmHg; then six blood serum values in mg/dl, except the ratio, the logarithm and glucose.
     */
    static final List<String> MEASURES = List.of("age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu");

    private static final double UNTOLD = 45;

    static Patients draw(int count, long seed) {
        Random random = new Random(seed);
        double[][] measures = new double[count][];
        double[] progression = new double[count];
        for (int i = 0; i < count; i++) {
            measures[i] = patient(random);
            double told = progression(measures[i]) + UNTOLD * random.nextGaussian();
            progression[i] = Math.max(25, Math.min(346, told));
        }
        return new Patients(measures, progression);
    }

    private static double[] patient(Random random) {
        double fat = random.nextGaussian();
        double old = random.nextGaussian();
        double age = Math.max(19, Math.min(79, 48.5 + 13 * old));
        double sex = random.nextDouble() < 0.53 ? 1 : 2;
        double bmi = 26.4 + 3.6 * fat + 2.4 * random.nextGaussian();
        double pressure = 94.6 + 5 * fat + 4 * old + 12 * random.nextGaussian();
        double cholesterol = 189 + 9 * old + 33 * random.nextGaussian();
        double ldl = 0.79 * cholesterol - 34 + 13 * random.nextGaussian();
        double hdl = Math.max(22, 49.8 - 5 * fat + 11 * random.nextGaussian());
        double triglycerides = 4.64 + 0.25 * fat + 0.45 * random.nextGaussian();
        double glucose = 91.3 + 4 * fat + 3 * old + 9 * random.nextGaussian();
        return new double[] {age, sex, bmi, pressure, cholesterol, ldl, hdl, cholesterol / hdl, triglycerides, glucose};
    }

    private static double progression(double[] patient) {
        return 152
                + 5.6 * (patient[2] - 26.4)
                + 1.1 * (patient[3] - 94.6)
                - 0.7 * (patient[6] - 49.8)
                + 60 * (patient[8] - 4.64)
                - 22 * (patient[1] - 1.47)
                + 0.3 * (patient[9] - 91.3);
    }
}
