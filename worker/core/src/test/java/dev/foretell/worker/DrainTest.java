package dev.foretell.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.foretell.worker.registration.ScriptedRouter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DrainTest {
    private static final CountDownLatch STARTED = new CountDownLatch(1);
    private static final CountDownLatch GATE = new CountDownLatch(1);

    static String slow() throws InterruptedException {
        STARTED.countDown();
        GATE.await();
        return "done";
    }

    @Test
    void leavesTheRouterThenFinishesWhatItHasBegunThenStops() throws Exception {
        try (ScriptedRouter router = new ScriptedRouter(0)) {
            RunningWorker worker = Worker.of("slow", DrainTest::slow)
                    .and("predict", Functions::predict)
                    .configured(settlingLonger())
                    .register(router.url(), "AI");
            CompletableFuture<HttpResponse<String>> call =
                    CompletableFuture.supplyAsync(() -> Http.post(worker.url() + "/slow", "{}"));
            STARTED.await();
            assertThat(router.next().method()).isEqualTo("PUT");

            var drained = worker.drain();
            assertThat(router.nextButRenewals().method()).isEqualTo("DELETE");
            assertThat(router.next().method()).isEqualTo("DELETE");
            HttpResponse<String> settling = Http.post(worker.url() + "/predict", """
                    {"n":2}""");
            assertThat(drained.isComplete()).isFalse();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Http.post(worker.url() + "/predict", """
                            {"n":2}""")
                            .headers()
                            .firstValue("connection")
                            .equals(Optional.of("close")));
            GATE.countDown();

            assertThat(settling.body()).isEqualTo("2");
            assertThat(call.get(60, TimeUnit.SECONDS).body()).isEqualTo("\"done\"");
            assertThat(call.get().headers().firstValue("connection")).hasValue("close");
            drained.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThatThrownBy(() -> Http.get(worker.url() + "/")).isInstanceOf(java.io.UncheckedIOException.class);
        }
    }

    /** Long enough for a slow machine to see the responses meanwhile. */
    private static WorkerConfig settlingLonger() {
        WorkerConfig defaults = WorkerConfig.defaults();
        return defaults.with(defaults.http().at("127.0.0.1", 0))
                .with(new DrainConfig(Duration.ofSeconds(5), Duration.ofSeconds(60)));
    }

    @Test
    void drainsOnceOnlyAndSaysSoInALine() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(RunningWorker.class);
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
        RunningWorker worker = Worker.of("predict", Functions::predict).start();

        assertThat(worker.drain()).isSameAs(worker.drain());
        worker.close();

        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("the worker ends: no new calls");
    }

    @Test
    void saysWhichAddressIsTaken() {
        try (RunningWorker worker = Worker.of("predict", Functions::predict).start()) {
            Worker another = Worker.of("predict", Functions::predict).bind("127.0.0.1", worker.port());

            assertThatThrownBy(another::start).hasMessageContaining("cannot listen on 127.0.0.1:" + worker.port());
        }
    }
}
