package dev.foretell.worker.onnx.inspect;

import java.time.Duration;

/**
 * How model files are looked at, in a process of their own.
 *
 * @param timeout the longest that it takes; then the process is killed
 * @param queue files that may wait for their turn
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
