package dev.foretell.cli.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what a step of the tour has set going. */
final class Wait {
    private static final Duration MAX = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private Wait() {}

    /** @throws DemoFailure with {@code otherwise} if the condition does not become true in time */
    static void until(BooleanSupplier condition, String otherwise) throws DemoFailure, InterruptedException {
        long deadline = System.nanoTime() + MAX.toNanos();
        while (!condition.getAsBoolean()) {
            DemoFailure.unless(System.nanoTime() < deadline, otherwise);
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }
}
