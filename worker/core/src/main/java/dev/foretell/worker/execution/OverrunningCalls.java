package dev.foretell.worker.execution;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs calls whose code still runs after their end and their interruption: each one once, and again when its code ends
 * after all.
 */
final class OverrunningCalls {
    /** How long code may take to end after an interrupt. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(OverrunningCalls.class);
    private static final int FRAMES = 4;

    private OverrunningCalls() {}

    static void tell(Work work, long ranNanos, String consequence, StackTraceElement[] stack) {
        LOG.warn(
                "{} does not end: it was interrupted, has run for {} ms, and still runs at {}; {}",
                work,
                ranNanos / 1_000_000,
                place(stack),
                consequence);
    }

    static void tellEnd(Work work, long ranNanos) {
        LOG.info("{} has ended after {} ms: its thread is free again", work, ranNanos / 1_000_000);
    }

    private static String place(StackTraceElement[] stack) {
        return stack.length == 0
                ? "an unknown place"
                : Arrays.stream(stack)
                        .limit(FRAMES)
                        .map(at -> at.getClassName() + "." + at.getMethodName() + ":" + at.getLineNumber())
                        .collect(Collectors.joining(" < "));
    }
}
