package dev.foretell.worker.training.engine;

import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.model.Model;
import dev.foretell.worker.training.pipeline.Pipeline;
import java.util.Map;

/** Trains models on rows that need not fit into memory. Used by one thread. */
public interface Engine extends AutoCloseable {
    /** What it is, by name and version. */
    Map<String, String> software();

    /** How numbers are scaled before the engine learns from them, so that its model is the one that the pipeline asks for. */
    Scale scale(Pipeline pipeline);

    /**
     * The model that the pipeline's algorithm learns from the rows. It reads rows as {@link TrainingRows#encoder} makes them.
     *
     * @throws dev.foretell.commons.failure.ServingException WORKER_FAILED if the engine has ended
     */
    Model learn(Pipeline pipeline, TrainingRows rows);

    @Override
    void close();
}
