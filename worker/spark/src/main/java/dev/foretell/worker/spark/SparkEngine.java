package dev.foretell.worker.spark;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains with Spark's own algorithms, and makes of their models those that are exported as ONNX. */
final class SparkEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(SparkEngine.class);

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

    /** Spark's context may end while it trains: with the cluster, or by an administrator there. Scala throws checked exceptions, too. */
    @Override
    public Model learn(Pipeline pipeline, TrainingRows rows) {
        try {
            return fit(pipeline, rows).model();
        } catch (Exception e) {
            if (session.sparkContext().isStopped()) {
                LOG.warn("Spark has ended", e);
                throw new ServingException(
                        FailureKind.WORKER_FAILED,
                        "Spark ended while it trained on "
                                + session.sparkContext().master()
                                + "; the task's log has what it said: retry the task");
            }
            throw e;
        }
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
