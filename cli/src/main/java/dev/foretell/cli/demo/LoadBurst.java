package dev.foretell.cli.demo;

import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.CommandFailure;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Many calls from several threads at once. */
final class LoadBurst {
    private static final int THREADS = 8;
    private static final int CALLS = 200;
    private static final int MAX_SECONDS = 60;

    private final AtomicInteger wrong = new AtomicInteger();
    private final CountDownLatch quarter = new CountDownLatch(CALLS / 4);
    private final CountDownLatch all = new CountDownLatch(CALLS);

    /**
     * Runs the calls, and an action after a quarter of them.
     *
     * @return the number of wrong responses
     */
    int run(RouterHttp router, String path, String body, Predicate<Reply> right, Runnable meanwhile)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Stream.generate(() -> (Runnable) () -> call(router, path, body, right))
                    .limit(CALLS)
                    .forEach(threads::execute);
            boolean inTime = quarter.await(MAX_SECONDS, TimeUnit.SECONDS);
            meanwhile.run();
            return inTime && all.await(MAX_SECONDS, TimeUnit.SECONDS) ? wrong.get() : CALLS;
        } finally {
            List<Runnable> left = threads.shutdownNow();
            wrong.addAndGet(left.size());
        }
    }

    static int calls() {
        return CALLS;
    }

    static int threads() {
        return THREADS;
    }

    private void call(RouterHttp router, String path, String body, Predicate<Reply> right) {
        try {
            if (!right.test(router.post(path, body))) {
                wrong.incrementAndGet();
            }
        } catch (CommandFailure e) {
            wrong.incrementAndGet();
        } finally {
            quarter.countDown();
            all.countDown();
        }
    }
}
