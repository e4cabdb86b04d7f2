package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.edge.EventLoops;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A caller gets its own answer or an error, never another's, whatever workers send and whoever hangs up. More calls than in a
 * build: {@code -Dforetell.own-answers=1000000}, over all transports.
 */
@OnEveryTransport
class OwnAnswersTest {
    private static final int CALLS = Integer.getInteger("foretell.own-answers", 9_000);
    private static final int CALLERS = 24;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "balance.policy",
            "round_robin",
            "health.interval",
            "1s",
            "health.timeout",
            "30s",
            "deadline.by-default",
            "10s",
            "retry.budget-min",
            "1000");

    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger own = new AtomicInteger();
    private final AtomicInteger hungUp = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger foreign = new AtomicInteger();

    @Test
    void noCallGetsAnothersAnswerNorWaitsForItsDeadline(EventLoops transport) throws InterruptedException {
        FakeWorker echoing = router.worker(new Mischief(true));
        FakeWorker plain = router.worker(new Mischief(false));
        FakeWorker well = router.worker(Mischief.none(true));
        router.serve(echoing, plain, well, router.worker(Mischief.none(false)));
        router.awaitState(echoing, "READY");
        router.awaitState(plain, "READY");
        router.awaitState(well, "READY");
        left.set(CALLS / (int) Transports.ofThisMachine().count());
        long start = System.nanoTime();

        Thread[] callers =
                Stream.generate(() -> new Thread(this::call)).limit(CALLERS).toArray(Thread[]::new);
        Stream.of(callers).forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }

        System.out.printf(
                "%s: %d own answers, %d errors, %d hung up, %d late, %d foreign, of %d and %d calls at the bad workers, in %d s%n",
                transport,
                own.get(),
                refused.get(),
                hungUp.get(),
                late.get(),
                foreign.get(),
                echoing.calls(),
                plain.calls(),
                (System.nanoTime() - start) / 1_000_000_000);
        assertThat(foreign).as("foreign answers").hasValue(0);
        assertThat(late).as("calls that came to their deadline").hasValue(0);
        assertThat(own.get()).isGreaterThan(refused.get());
        assertThat(echoing.calls()).isPositive();
        assertThat(plain.calls()).isPositive();
    }

    private void call() {
        try {
            RawClient client = RawClient.to(router.port());
            int number = left.getAndDecrement();
            while (number > 0) {
                String mine = """
                        {"mine":"%s-%s"}""".formatted(number, ThreadLocalRandom.current().nextLong());
                String body = """
                        {"modelId":"fib","data":%s}""".formatted(mine);
                client.say("POST /v1/AI_model/predict HTTP/1.1\r\nHost: r\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
                if (ThreadLocalRandom.current().nextInt(10) == 0) {
                    hungUp.incrementAndGet();
                    client.close();
                    client = RawClient.to(router.port());
                } else {
                    judge(mine, client);
                }
                number = left.getAndDecrement();
            }
            client.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void judge(String mine, RawClient client) throws IOException {
        String head = client.readUntil("\r\n\r\n");
        String body = client.read(length(head));
        if (head.startsWith("HTTP/1.1 504")) {
            late.incrementAndGet();
        } else if (!head.startsWith("HTTP/1.1 20")) {
            refused.incrementAndGet();
        } else if (mine.startsWith(body)) {
            own.incrementAndGet();
        } else {
            foreign.incrementAndGet();
            System.out.println("asked " + mine + ", got " + head + body);
        }
    }

    /** 0 without a Content-Length, as of 204. */
    private static int length(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length: ");
        return at < 0 ? 0 : Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)));
    }
}
