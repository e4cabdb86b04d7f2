package dev.foretell.worker.execution;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls whose code goes on though they are over and it was interrupted: each is named once, and again when it ends after all. */
final class OverrunningCalls {
    /** How long code may take to end once it is interrupted. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(OverrunningCalls.class);
    private static final int FRAMES = 4;

    private OverrunningCalls() {}

    static void tell(Work work, long ranNanos, String consequence, StackTraceElement[] stack) {
        LOG.warn(
                "{} does not end: it is over and was interrupted, has run for {} ms, and goes on at {}; {}",
                work,
                ranNanos / 1_000_000,
                place(stack),
                consequence);
    }

    static void tellEnd(Work work, long ranNanos) {
        LOG.info("{} has come to its end after {} ms: its thread is free again", work, ranNanos / 1_000_000);
    }

    private static String place(StackTraceElement[] stack) {
        return stack.length == 0
                ? "a place that is not known"
                : Arrays.stream(stack)
                        .limit(FRAMES)
                        .map(at -> at.getClassName() + "." + at.getMethodName() + ":" + at.getLineNumber())
                        .collect(Collectors.joining(" < "));
    }
}
