package dev.foretell.e2e;

import dev.foretell.worker.function.Batch;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A function that takes a while, many calls at once, and tells which calls it was given together. */
public final class Turns {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private Turns() {}

    /** What was asked, and in which run of the function. */
    public record Turn(int n, int run) {}

    @Batch(max = 8)
    public static List<Turn> turn(List<Integer> n) throws InterruptedException {
        int run = RUNS.incrementAndGet();
        Thread.sleep(20);
        return n.stream().map(one -> new Turn(one, run)).toList();
    }
}
