package dev.foretell.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.foretell.worker.training.pipeline.Predictions;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.NumberColumn;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model file in ONNX Runtime, as it is served. */
public final class ServedModel implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    public ServedModel(byte[] file) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(2);
            session = environment.createSession(file, options);
        }
    }

    public List<String> inputs() {
        return List.copyOf(session.getInputNames());
    }

    public List<String> outputs() {
        return List.copyOf(session.getOutputNames());
    }

    public Map<String, String> metadata() throws OrtException {
        return session.getMetadata().getCustomMetadata();
    }

    public String[] labels(Features features) throws OrtException {
        return (String[]) run(features, "label");
    }

    /** The outputs that are numbers: {@code probabilities} or {@code prediction}. */
    public float[][] numbers(Features features, String output) throws OrtException {
        return (float[][]) run(features, output);
    }

    /** Equal labels, and numbers within 1e-5 of each; what is smaller than any float is nothing. */
    public void assertAnswersAs(TrainedPipeline trained, Features rows) throws OrtException {
        Predictions expected = trained.predict(rows);
        if (trained.classes().isEmpty()) {
            assertThat(outputs()).containsExactly("prediction");
            assertClose(numbers(rows, "prediction"), expected.values());
        } else {
            assertThat(outputs()).containsExactly("label", "probabilities");
            assertThat(labels(rows)).isEqualTo(labels(trained, expected));
            assertClose(numbers(rows, "probabilities"), expected.values());
        }
    }

    private static String[] labels(TrainedPipeline trained, Predictions predictions) {
        return Arrays.stream(predictions.labels())
                .mapToObj(trained.classes()::get)
                .toArray(String[]::new);
    }

    private static void assertClose(float[][] served, double[][] expected) {
        assertThat(served).hasNumberOfRows(expected.length);
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected[i].length; j++) {
                double error = Math.abs(served[i][j] - expected[i][j]);
                if (!(error <= 1e-5 * Math.abs(expected[i][j]) + Float.MIN_NORMAL)) {
                    assertThat(served[i]).as("row " + i).isEqualTo(expected[i]);
                }
            }
        }
    }

    private Object run(Features features, String output) throws OrtException {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        for (Column column : features.columns()) {
            inputs.put(column.name(), tensor(column));
        }
        try (OrtSession.Result result = session.run(inputs)) {
            return result.get(output).orElseThrow().getValue();
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(Column column) throws OrtException {
        long[] shape = {column.rows(), 1};
        return column instanceof CategoryColumn texts
                ? OnnxTensor.createTensor(environment, texts(texts), shape)
                : OnnxTensor.createTensor(environment, DoubleBuffer.wrap(((NumberColumn) column).values()), shape);
    }

    private static String[] texts(CategoryColumn column) {
        return Arrays.stream(column.codes())
                .mapToObj(code -> code == CategoryColumn.MISSING
                        ? ""
                        : column.categories().get(code))
                .toArray(String[]::new);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
