package dev.foretell.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.balance.BalanceConfig;
import dev.foretell.router.routing.RoutingConfig;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import dev.foretell.router.upstream.pool.EndpointPools;
import dev.foretell.router.upstream.pool.WarmUpConfig;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Row P8: one message on each change of state, repeated at most once an hour while down. */
class StatusReportTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final Logger logger = (Logger) LoggerFactory.getLogger(StatusReport.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final AtomicLong millis = new AtomicLong(1_000_000_000_000L);
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    };
    private final List<Runnable> inASecond = new ArrayList<>();
    private final StatusReport report =
            new StatusReport(Duration.ofHours(1), () -> millis.get() * 1_000_000, new StatusBurst(inASecond::add));
    private final HealthRule rule = new HealthRule(3);
    private WorkerStatus status = WorkerStatus.ofNewcomer(Instant.EPOCH);
    private long reportedAt;

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
    }

    private static WorkerHost endpoint() {
        EndpointPools pools = new EndpointPools(
                VERTX,
                BalanceConfig.defaults(),
                BreakerConfig.defaults(),
                RoutingConfig.defaults(),
                WarmUpConfig.defaults(),
                System::nanoTime);
        pools.follow(
                RoutingTable.EMPTY,
                new RoutingTable(
                        1,
                        Map.of(
                                new ModelKey("AI", "fib"),
                                new RoutingMap.Model(null, List.of(WorkerEntry.of("h", 1, 0))))));
        return pools.hosts().iterator().next();
    }

    private void probe(ProbeResult result) {
        WorkerStatus before = status;
        status = rule.next(before, result, clock.instant());
        reportedAt = report.report(endpoint(), before, status, result, reportedAt);
        millis.addAndGet(Duration.ofMinutes(1).toMillis());
        inASecond.forEach(Runnable::run);
        inASecond.clear();
    }

    @Test
    void eachChangeIsToldOnceAndALastingFaultOnceAnHour() {
        for (int minute = 0; minute < 30; minute++) {
            probe(new ProbeResult.Healthy(Optional.empty()));
        }
        assertThat(logged.list).hasSize(1);
        assertThat(logged.list.get(0).getLevel()).isEqualTo(Level.INFO);

        for (int minute = 0; minute < 181; minute++) {
            probe(new ProbeResult.Unreachable("connection refused"));
        }
        assertThat(logged.list).hasSize(1 + 1 + 3);
        assertThat(logged.list.get(1).getLevel()).isEqualTo(Level.WARN);
        assertThat(logged.list.get(1).getFormattedMessage()).contains("h:1", "connection refused");

        probe(new ProbeResult.Healthy(Optional.empty()));
        probe(new ProbeResult.Healthy(Optional.empty()));
        assertThat(logged.list).hasSize(6);
        assertThat(logged.list.get(5).getFormattedMessage()).isEqualTo("Worker h:1 is READY");
    }
}
