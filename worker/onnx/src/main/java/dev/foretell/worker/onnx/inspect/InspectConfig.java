package dev.foretell.worker.onnx.inspect;

import java.time.Duration;

/**
 * The inspection of model files in a separate process.
 *
 * @param timeout maximum time; then the process is killed
 * @param queue files that may wait for inspection
 */
public record InspectConfig(Duration timeout, int queue) {
    public InspectConfig {
        if (timeout.toMillis() < 1 || timeout.toHours() > 1) {
            throw new IllegalArgumentException("timeout must be between 1ms and 1h");
        }
        if (queue < 1 || queue > 1_000) {
            throw new IllegalArgumentException("queue must be between 1 and 1000");
        }
    }

    public static InspectConfig defaults() {
        return new InspectConfig(Duration.ofSeconds(60), 8);
    }
}
