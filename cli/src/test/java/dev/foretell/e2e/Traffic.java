package dev.foretell.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Callers that call {@link Echo} one call after the other until they are stopped. Each call has a number of its own, so an
 * answer that was meant for another caller is seen.
 */
final class Traffic implements AutoCloseable {
    private final String router;
    private final String model;
    private final List<Thread> callers = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger shed = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final ConcurrentLinkedQueue<Http.Reply> failed = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile CountDownLatch routerIsThere = new CountDownLatch(0);
    private volatile long pauseMillis;

    private Traffic(String router, String model) {
        this.router = router;
        this.model = model;
    }

    static Traffic of(int callers, String router, String model) {
        Traffic traffic = new Traffic(router, model);
        for (int i = 0; i < callers; i++) {
            Thread caller = new Thread(traffic::run, "caller-" + i);
            traffic.callers.add(caller);
            caller.start();
        }
        return traffic;
    }

    private void run() {
        try (Caller caller = new Caller(router)) {
            while (!stop.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                int n = calls.getAndIncrement();
                long start = System.nanoTime();
                Http.Reply reply = caller.predict(model, n);
                slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
                note(n, reply);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(int n, Http.Reply reply) throws InterruptedException {
        if (reply.status() == 200 && reply.body().equals(Integer.toString(n))) {
            answered.incrementAndGet();
        } else if (reply.status() == 429) {
            shed.incrementAndGet();
        } else {
            failed.add(reply);
            if (reply.status() == 0) {
                routerIsThere.await();
            }
        }
    }

    /**
     * Does something that takes a while, such as the start of a process, while callers leave room on the machine: each
     * pauses for 50 ms between its calls.
     */
    void calmly(Runnable something) {
        pauseMillis = 50;
        try {
            something.run();
        } finally {
            pauseMillis = 0;
        }
    }

    /** From now on a caller that finds no router waits for it. */
    void routerGoes() {
        routerIsThere = new CountDownLatch(1);
    }

    void routerIsBack() {
        routerIsThere.countDown();
    }

    /** Waits until that many more calls are answered. */
    void awaitMore(int more) {
        int before = answered();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> answered() >= before + more);
    }

    int calls() {
        return calls.get();
    }

    /** Calls answered with 200 and with what was asked for. */
    int answered() {
        return answered.get();
    }

    int shed() {
        return shed.get();
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** Everything else. */
    List<Http.Reply> failed() {
        return List.copyOf(failed);
    }

    @Override
    public void close() {
        stop.countDown();
        routerIsThere.countDown();
        callers.forEach(caller -> {
            try {
                caller.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
