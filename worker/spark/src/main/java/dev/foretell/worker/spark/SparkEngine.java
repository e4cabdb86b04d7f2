package dev.foretell.worker.spark;

import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.engine.Engine;
import dev.foretell.worker.training.engine.TrainingRows;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.pipeline.Pipeline;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Trains with Spark's own algorithms, and makes of their models those that are exported as ONNX. */
final class SparkEngine implements Engine {
    private final SparkSession session;

    SparkEngine(SparkSession session) {
        this.session = session;
    }

    @Override
    public Map<String, String> software() {
        return Map.of("spark", session.version());
    }

    /** Huber's penalty is on the weights of the columns as they are. Spark scales them itself meanwhile. */
    @Override
    public Scale scale(Pipeline pipeline) {
        return pipeline.algorithm() == Algorithm.HUBER_REGRESSION
                ? Scale.NONE
                : pipeline.preparation().scale();
    }

    @Override
    public Model learn(Pipeline pipeline, TrainingRows rows) {
        return fit(pipeline, rows).model();
    }

    Fitted fit(Pipeline pipeline, TrainingRows rows) {
        Dataset<Row> frame = RowFrame.of(session, rows);
        return switch (pipeline.algorithm()) {
            case LINEAR_REGRESSION, HUBER_REGRESSION, LOGISTIC_REGRESSION -> LinearModels.learn(pipeline, rows, frame);
            case DECISION_TREE, RANDOM_FOREST, GRADIENT_BOOSTING -> TreeModels.learn(pipeline, rows, frame);
            case BASELINE, NEAREST_NEIGHBOURS ->
                throw new IllegalArgumentException(pipeline.algorithm() + " is not for Spark");
        };
    }

    @Override
    public void close() {
        session.stop();
    }
}
