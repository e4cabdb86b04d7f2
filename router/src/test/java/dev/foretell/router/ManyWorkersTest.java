package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Thousands of workers of one model are registered at once, none of which is there. */
class ManyWorkersTest {
    private static final int WORKERS = 6000;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("health.interval", "60s", "health.failures", "1");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Test
    void areTakenSoonAndDoNotFloodTheLog() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.foretell.router.health");
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(event.getFormattedMessage());
            }
        };
        appender.start();
        logger.addAppender(appender);
        String workers = IntStream.rangeClosed(1, WORKERS)
                .mapToObj(i -> "{\"host\":\"127.1." + i / 250 + "." + i % 250 + "\",\"port\":1}")
                .collect(Collectors.joining(","));
        long start = System.nanoTime();

        router.serve(workers);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        Awaitility.await().atMost(LiveRouter.PATIENCE).until(() -> anyLine("more workers are down"));
        assertThat(lines.stream().filter(line -> line.contains("is down since")))
                .hasSizeLessThan(WORKERS / 10);
        logger.detachAppender(appender);
        router.delete("/v1/model_workers_map/AI");
    }

    private boolean anyLine(String part) {
        return lines.stream().anyMatch(line -> line.contains(part));
    }
}
