package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Http;
import dev.foretell.worker.KeptConnection;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.StandingClock;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.execution.ExecutionConfig;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InlineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StandingClock clock = new StandingClock();

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
        try (RunningWorker worker = start(true);
                KeptConnection caller = KeptConnection.to(worker.port())) {
            untilSentAwayByASlowCall(caller);
            for (int i = 0; i < 60; i++) {
                assertThat(call(caller, 0)).doesNotContain("eventloop");
            }
        }
    }

    @Test
    void answersFailuresOfAFastFunctionAndGoesOn() {
        try (RunningWorker worker = start(true);
                KeptConnection caller = KeptConnection.to(worker.port())) {
            prove(caller);

            var failed = Http.post(worker.url() + "/where", """
                    {"ms":-1}""");
            var wrong = Http.post(worker.url() + "/where", """
                    {"ms":"x"}""");

            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.body()).isEqualTo("""
                    {"error":"IllegalStateException: no"}""");
            assertThat(wrong.statusCode()).isEqualTo(422);
        }
    }

    @Test
    void endsACallThatIsStuckOnTheEventLoopAtItsDeadline() {
        try (RunningWorker worker = start(true);
                KeptConnection caller = KeptConnection.to(worker.port())) {
            prove(caller);

            var late = Http.send(Http.request(worker.url() + "/where")
                    .header("X-Request-Timeout-Ms", "50")
                    .POST(HttpRequest.BodyPublishers.ofString("""
                            {"ms":60000}""")));

            assertThat(late.statusCode()).isEqualTo(504);
            assertThat(late.body()).isEqualTo("""
                    {"error":"the call took too long"}""");
        }
    }

    @Test
    void keepsOffTheEventLoopWhereItIsToldTo() {
        try (RunningWorker worker = start(false);
                KeptConnection caller = KeptConnection.to(worker.port())) {
            for (int i = 0; i < 2_000; i++) {
                assertThat(call(caller, 0)).doesNotContain("eventloop");
            }
        }
    }

    /** A collection of garbage in the midst of a slow call excuses the function: then another one sends it away. */
    private void untilSentAwayByASlowCall(KeptConnection caller) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            assertThat(System.nanoTime()).as("no slow call sent it away").isLessThan(end);
            prove(caller);
        } while (!call(caller, 20).contains("eventloop") || call(caller, 0).contains("eventloop"));
    }

    private void prove(KeptConnection caller) {
        clock.stillUntilOnEventLoop(caller, "/where", """
                {"ms":0}""");
    }

    private static String call(KeptConnection caller, int ms) {
        return caller.post("/where", """
                {"ms":%s}""".formatted(ms));
    }

    private RunningWorker start(boolean inlineFast) {
        WorkerConfig config = WorkerConfig.defaults()
                .with(HttpConfig.defaults().at("127.0.0.1", 0))
                .with(new ExecutionConfig(2, 10, Duration.ofMinutes(1), true, inlineFast));
        return clock.start(Worker.of("where", InlineTest::where).configured(config));
    }
}
