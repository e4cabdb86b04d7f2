package dev.foretell.cli.bench;

import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.CommandFailure;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Calls a model from as many threads as there are connections. With a rate, the load is open: a call that is due while all
 * connections are busy waits for one, and that wait counts in its latency (no coordinated omission). Without a rate, each
 * connection begins a call when its last one has ended, and the latency is that of the call alone.
 */
final class Load {
    /** Fewer calls than this say little about the share of errors. */
    private static final int MIN_CALLS = 20;

    private static final int NO_RESPONSE = 0;

    private final LoadPlan plan;
    private final Supplier<Reply> call;
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final Map<Integer, LongAdder> failures = new ConcurrentSkipListMap<>();
    private final LongAdder calls = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicLong next = new AtomicLong();
    private volatile boolean stopped;
    private volatile String firstFailure = "";

    Load(LoadPlan plan, Supplier<Reply> call) {
        this.plan = plan;
        this.call = call;
    }

    /** Runs to the end of the plan, or until too many calls have failed. */
    BenchResult run() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(plan.connections());
        long begin = System.nanoTime();
        for (int i = 0; i < plan.connections(); i++) {
            Thread thread = new Thread(() -> keepCalling(begin, ended), "bench-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        ended.await();
        double seconds = (System.nanoTime() - begin) / 1e9;
        long unsent = plan.rate().isEmpty() || stopped ? 0 : Math.max(0, plan.due() - calls.sum());
        return new BenchResult(
                plan,
                new BenchResult.Counts(calls.sum(), failed.sum(), unsent),
                failures,
                latencies,
                seconds,
                outcome());
    }

    private BenchResult.Outcome outcome() {
        return new BenchResult.Outcome(stopped, firstFailure);
    }

    private void keepCalling(long begin, CountDownLatch ended) {
        try {
            long end = begin + plan.length().toNanos();
            while (!stopped) {
                long number = next.getAndIncrement();
                long due = begin + plan.dueAt(number);
                if (number >= plan.due() || due - end >= 0 || !isReached(due, end)) {
                    return;
                }
                callOnce(plan.rate().isPresent() ? due : System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /** Waits until a call is due; false if the time of the load is over. */
    private static boolean isReached(long due, long end) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        return System.nanoTime() - end < 0;
    }

    private void callOnce(long since) {
        int status = NO_RESPONSE;
        String problem;
        try {
            Reply reply = call.get();
            status = reply.status();
            problem = reply.isOk() ? "" : reply.problem();
        } catch (CommandFailure e) {
            problem = String.valueOf(e.getMessage());
        }
        latencies.record((System.nanoTime() - since) / 1000);
        calls.increment();
        if (!problem.isEmpty()) {
            countFailure(status, problem);
        }
    }

    private void countFailure(int status, String problem) {
        failures.computeIfAbsent(status, key -> new LongAdder()).increment();
        failed.increment();
        firstFailure = firstFailure.isEmpty() ? problem : firstFailure;
        if (calls.sum() >= MIN_CALLS && failed.sum() > calls.sum() * plan.maxErrors()) {
            stopped = true;
        }
    }
}
