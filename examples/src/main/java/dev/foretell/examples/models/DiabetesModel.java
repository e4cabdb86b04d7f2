package dev.foretell.examples.models;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/**
 * Predicts the progression of diabetes in a year from ten measures of a patient (see {@link Patients}): a scaler and a
 * linear regression, {@code input} to {@code progression}.
 */
final class DiabetesModel {
    private static final int PATIENTS = 442;
    private static final long SEED = 442;

    private DiabetesModel() {}

    static byte[] file() {
        Patients patients = Patients.draw(PATIENTS, SEED);
        Standard standard = Standard.of(patients.measures());
        double[] weights = LeastSquares.solve(standard.apply(patients.measures()), patients.progression());
        int width = standard.width();
        float[] coefficients = new float[width];
        float[] scale = new float[width];
        float[] offset = new float[width];
        for (int i = 0; i < width; i++) {
            coefficients[i] = (float) weights[i];
            scale[i] = (float) (1 / standard.deviation()[i]);
            offset[i] = (float) standard.mean()[i];
        }
        return new OnnxFile(
                        "diabetes", "progression of diabetes after a year by " + String.join(", ", Patients.MEASURES))
                .input("input", -1, width)
                .node(OnnxNode.ml("Scaler", "input", "scaled")
                        .with("offset", offset)
                        .with("scale", scale))
                .node(OnnxNode.ml("LinearRegressor", "scaled", "progression")
                        .with("coefficients", coefficients)
                        .with("intercepts", (float) weights[width]))
                .output("progression", DataType.FLOAT, -1, 1)
                .metadata("author", "foretell examples")
                .bytes();
    }
}
