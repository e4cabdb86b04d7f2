package dev.foretell.worker.onnx;

/**
 * How models run.
 *
 * @param threads of one run; 1 is best where calls run side by side
 * @param batch most calls of a model that are taken at once
 */
public record OnnxConfig(int threads, int batch) {
    public OnnxConfig {
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("threads must be between 1 and 256");
        }
        if (batch < 1 || batch > 10_000) {
            throw new IllegalArgumentException("batch must be between 1 and 10000");
        }
    }

    public static OnnxConfig defaults() {
        return new OnnxConfig(1, 64);
    }
}
