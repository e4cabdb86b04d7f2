package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Http;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.execution.ExecutionConfig;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InlineTest {
    private static final int MANY = 100_000;

    /** Where it runs; a negative number of milliseconds fails, a positive one waits first. */
    static String where(int ms) throws InterruptedException {
        if (ms < 0) {
            throw new IllegalStateException("no");
        }
        if (ms > 0) {
            new CountDownLatch(1).await(ms, TimeUnit.MILLISECONDS);
        }
        return Thread.currentThread().getName();
    }

    @Test
    void runsAFastFunctionOnTheEventLoopUntilItsFirstSlowCall() {
        try (RunningWorker worker = start(true)) {
            prove(worker);

            String slow = call(worker, 20);
            String next = call(worker, 0);

            assertThat(slow).contains("eventloop");
            assertThat(next).doesNotContain("eventloop");
            for (int i = 0; i < 2_000; i++) {
                assertThat(call(worker, 0)).doesNotContain("eventloop");
            }
        }
    }

    @Test
    void answersFailuresOfAFastFunctionAndGoesOn() {
        try (RunningWorker worker = start(true)) {
            prove(worker);

            var failed = Http.post(worker.url() + "/where", "{\"ms\":-1}");
            var wrong = Http.post(worker.url() + "/where", "{\"ms\":\"x\"}");

            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.body()).isEqualTo("{\"error\":\"IllegalStateException: no\"}");
            assertThat(wrong.statusCode()).isEqualTo(422);
        }
    }

    @Test
    void endsACallThatIsStuckOnTheEventLoopAtItsDeadline() {
        try (RunningWorker worker = start(true)) {
            prove(worker);

            var late = Http.send(Http.request(worker.url() + "/where")
                    .header("X-Request-Timeout-Ms", "50")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"ms\":60000}")));

            assertThat(late.statusCode()).isEqualTo(504);
            assertThat(late.body()).isEqualTo("{\"error\":\"the call took too long\"}");
            assertThat(call(worker, 0)).doesNotContain("eventloop");
        }
    }

    @Test
    void keepsOffTheEventLoopWhereItIsToldTo() {
        try (RunningWorker worker = start(false)) {
            for (int i = 0; i < 2_000; i++) {
                assertThat(call(worker, 0)).doesNotContain("eventloop");
            }
        }
    }

    /** Calls until a call runs on the event loop; a busy machine may make some of them slow. */
    private static void prove(RunningWorker worker) {
        for (int i = 0; i < MANY; i++) {
            if (call(worker, 0).contains("eventloop")) {
                return;
            }
        }
        throw new AssertionError("never ran on the event loop");
    }

    private static String call(RunningWorker worker, int ms) {
        return Http.post(worker.url() + "/where", "{\"ms\":" + ms + "}").body();
    }

    private static RunningWorker start(boolean inlineFast) {
        WorkerConfig config = WorkerConfig.defaults()
                .with(HttpConfig.defaults().at("127.0.0.1", 0))
                .with(new ExecutionConfig(2, 10, Duration.ofMinutes(1), true, inlineFast));
        return Worker.of("where", InlineTest::where).configured(config).start();
    }
}
