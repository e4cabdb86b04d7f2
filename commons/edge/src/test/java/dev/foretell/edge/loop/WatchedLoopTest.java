package dev.foretell.edge.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WatchedLoopTest {
    private final AtomicLong now = new AtomicLong();
    private final DefaultEventExecutor loop = new DefaultEventExecutor();
    private final WatchedLoop watched = new WatchedLoop(loop, now::get);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(WatchedLoop.class)).addAppender(log);
    }

    @AfterEach
    void end() {
        ((Logger) LoggerFactory.getLogger(WatchedLoop.class)).detachAppender(log);
        loop.shutdownGracefully();
    }

    private boolean lookAfter(Duration time) {
        now.addAndGet(time.toNanos());
        return watched.look();
    }

    @Test
    void oneThatStandsStillIsNamedOnceWithWhatItDoes() throws Exception {
        CountDownLatch stands = new CountDownLatch(1);
        CountDownLatch standing = new CountDownLatch(1);
        watched.look();
        loop.submit(() -> {}).get();
        loop.execute(() -> standStill(stands, standing));
        stands.await();
        watched.look();

        for (int i = 0; i < 4; i++) {
            assertThat(lookAfter(Duration.ofMillis(600))).isTrue();
        }
        assertThat(log.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains("has been blocked for over a second", "standStill"));

        standing.countDown();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> lookAfter(Duration.ofMillis(1)) && log.list.size() == 2);
        assertThat(log.list.get(1).getFormattedMessage()).contains("runs again");
    }

    private static void standStill(CountDownLatch stands, CountDownLatch until) {
        stands.countDown();
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneThatTakesItsTurnsIsNot() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(lookAfter(Duration.ofSeconds(5))).isTrue();
            loop.submit(() -> {}).get();
        }

        assertThat(log.list).isEmpty();
    }

    @Test
    void oneThatHasEndedDoesNotLive() {
        watched.look();
        loop.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS);

        assertThat(watched.look()).isFalse();
    }
}
