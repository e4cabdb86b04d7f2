package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the process of a task does with its table. */
interface Job {
    /**
     * @param folder of the task; its table is {@link TaskMain#DATA}
     * @throws dev.foretell.commons.failure.ServingException INVALID_INPUT with the reason, for what cannot be trained
     */
    Trained run(Path folder) throws IOException;

    /**
     * @param onnx the model file
     * @param runnersUp files of the next best models, in their order; none unless that was ordered
     * @param result the description of the models
     */
    record Trained(byte[] onnx, List<byte[]> runnersUp, JsonNode result) {}
}
