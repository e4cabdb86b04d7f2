package dev.foretell.worker.onnx;

import dev.foretell.worker.onnx.model.Runs;
import dev.foretell.worker.onnx.shelf.ByteSize;

/**
 * How models run.
 *
 * @param threads of one run; 1 is best where calls run side by side
 * @param batch most calls of a model that are taken at once
 * @param maxOutputBytes what the outputs of one run may have together
 * @param runMemory what all runs may take together, beside their models, such as 1g
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
