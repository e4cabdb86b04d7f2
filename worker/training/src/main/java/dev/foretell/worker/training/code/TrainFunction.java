package dev.foretell.worker.training.code;

import java.nio.file.Path;

/**
 * Training code of a user's own, which needs a public constructor without parameters. A trainer makes one for each task, in the task's
 * own process, and calls it once, on the main thread. Time and heap are bounded by the task's limits; the process ends with all that
 * it has started when the task is cancelled.
 *
 * <pre>{@code
 * public final class Mine implements TrainFunction {
 *     @Override
 *     public Path train(Training training) throws Exception {
 *         Path model = training.folder().resolve("mine.onnx");
 *         training.progress(0.5, "learns from " + Files.size(training.table()) + " bytes");
 *         return Files.write(model, learn(training.table()));
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface TrainFunction {
    /**
     * Trains a model.
     *
     * @return the model file, in ONNX, which model hosts can serve
     * @throws Exception whatever keeps it from that: the task FAILED with its message
     */
    Path train(Training training) throws Exception;
}
