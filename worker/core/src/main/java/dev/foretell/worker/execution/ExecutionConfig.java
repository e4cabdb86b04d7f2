package dev.foretell.worker.execution;

import java.time.Duration;

/**
 * How many calls run and wait.
 *
 * @param threads calls that run at once; 0 means twice the number of cores
 * @param queue calls that may wait for a thread
 * @param callTimeout maximum time of a call; a caller's deadline may be shorter
 * @param virtualThreads whether calls run on virtual threads if this Java has them; calls that compute without end then
 *     block all of them
 * @param inlineFast whether functions that have proven fast run on the event loops
 * @param streamSilence maximum pause between two items of a stream
 */
public record ExecutionConfig(
        int threads,
        int queue,
        Duration callTimeout,
        boolean virtualThreads,
        boolean inlineFast,
        Duration streamSilence) {
    private static final Duration SILENCE = Duration.ofSeconds(30);

    public ExecutionConfig(int threads, int queue, Duration callTimeout, boolean virtualThreads) {
        this(threads, queue, callTimeout, virtualThreads, false);
    }

    public ExecutionConfig(int threads, int queue, Duration callTimeout, boolean virtualThreads, boolean inlineFast) {
        this(threads, queue, callTimeout, virtualThreads, inlineFast, SILENCE);
    }

    public ExecutionConfig {
        if (threads < 0 || threads > 10_000) {
            throw new IllegalArgumentException("threads must be between 0 and 10000");
        }
        if (queue < 0 || queue > 1_000_000) {
            throw new IllegalArgumentException("queue must be between 0 and 1000000");
        }
        if (callTimeout.toMillis() < 1 || callTimeout.toDays() > 7) {
            throw new IllegalArgumentException("call-timeout must be between 1ms and 7d");
        }
        if (streamSilence.toMillis() < 1 || streamSilence.toDays() > 7) {
            throw new IllegalArgumentException("stream-silence must be between 1ms and 7d");
        }
    }

    public static ExecutionConfig defaults() {
        return new ExecutionConfig(0, 1024, Duration.ofMinutes(5), false, false);
    }

    int width() {
        return threads == 0 ? 2 * Runtime.getRuntime().availableProcessors() : threads;
    }
}
