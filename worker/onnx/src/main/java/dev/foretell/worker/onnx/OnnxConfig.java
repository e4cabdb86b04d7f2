package dev.foretell.worker.onnx;

import dev.foretell.worker.onnx.model.Runs;
import dev.foretell.worker.onnx.shelf.ByteSize;

/**
 * How models run.
 *
 * @param threads threads of one run; 1 is best for concurrent calls
 * @param batch maximum batch size of a model
 * @param maxOutputBytes maximum size of all outputs of one run
 * @param runMemory memory for all runs together, in addition to their models, such as 1g
 */
public record OnnxConfig(int threads, int batch, int maxOutputBytes, String runMemory) {
    public OnnxConfig {
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("threads must be between 1 and 256");
        }
        if (batch < 1 || batch > 10_000) {
            throw new IllegalArgumentException("batch must be between 1 and 10000");
        }
        if (maxOutputBytes < 1) {
            throw new IllegalArgumentException("max-output-bytes must be at least 1");
        }
        ByteSize.parse("run-memory", runMemory);
    }

    public static OnnxConfig defaults() {
        return new OnnxConfig(1, 64, Runs.MAX_OUTPUT_BYTES, "1g");
    }

    public long runMemoryBytes() {
        return ByteSize.parse("run-memory", runMemory);
    }
}
