package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.e2e.ScriptedWorker.Script;
import dev.foretell.e2e.WorkerFaults.Killed;
import dev.foretell.e2e.WorkerFaults.Misbehaving;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the platform engineer fears at three in the morning, with real processes, real signals and callers that never stop:
 * where one healthy worker remains, no call fails, none is shed, and what the router counted is what the callers got. Writes
 * its figures as a table, which docs/reliability.md shows.
 */
@Timeout(180)
class ChaosTest {
    private static final int CALLERS = 24;
    private static final int CALLERS_OF_A_KILLED_WORKER = 64;
    private static final int SLOW_MILLIS = 300;
    private static final Path TABLE = Path.of("target", "reliability.md");

    @TempDir
    static Path folder;

    private static final ReliabilityTable table = new ReliabilityTable();
    private static Stage stage;

    /** The faults, in the order in which they strike. */
    enum Case {
        WORKER_KILLED(Killed::one),
        TWO_OF_THREE_KILLED(Killed::twoAtOnce),
        WORKER_FLAPPING(Killed::againAndAgain),
        WORKER_FROZEN(WorkerFaults.Frozen::new),
        WORKER_SLOW(() -> Misbehaving.with(ChaosTest::slowly)),
        WORKER_RESETTING(() -> Misbehaving.breakingOff(ScriptedWorker.Call::reset)),
        WORKER_ANSWERING_GARBAGE(() -> Misbehaving.breakingOff(garbage())),
        WORKER_HALF_FAILING(() -> Misbehaving.with(everySecondFails())),
        WORKERS_ROLLED(WorkerFaults.Rolled::new),
        ROUTER_KILLED(RouterFaults.RouterKilled::new),
        REDIS_FROZEN(RouterFaults.RedisFrozen::new),
        REDIS_KILLED(RouterFaults.RedisKilled::new);

        private final Supplier<Fault> fault;

        Case(Supplier<Fault> fault) {
            this.fault = fault;
        }

        int callers() {
            return this == WORKER_KILLED ? CALLERS_OF_A_KILLED_WORKER : CALLERS;
        }

        String model() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @BeforeAll
    static void open() {
        stage = new Stage(folder);
    }

    @AfterAll
    static void close() throws IOException {
        stage.close();
        table.write(TABLE);
    }

    @ParameterizedTest
    @EnumSource
    void noCallFails(Case one) {
        try (Fault fault = one.fault.get()) {
            fault.prepare(stage, one.model(), one.ordinal());
            Traffic traffic = Traffic.of(one.callers(), stage.url(), one.model());
            try (traffic) {
                traffic.awaitMore(1000);
                fault.begin(stage, traffic);
                traffic.awaitMore(500);
                fault.end(stage, traffic);
                traffic.awaitMore(300);
            }

            table.add(one, traffic, stage, fault);
            assertThat(traffic.failed()).hasSizeLessThanOrEqualTo(fault.mostFailed(one.callers()));
            assertThat(traffic.failed()).allMatch(reply -> reply.status() == 0);
            assertThat(traffic.shed()).isZero();
            assertThat(traffic.slowest()).isLessThan(Duration.ofSeconds(15));
            Stage.eventually()
                    .untilAsserted(() -> assertThat(stage.counted(one.model()))
                            .isBetween(fault.leastCounted(traffic), (long) traffic.calls()));
            fault.seen().ifPresent(seen -> assertSeen(one, fault, seen));
        }
    }

    /** What the worker saw beyond what is counted for it, it failed, and the router tried elsewhere. */
    private static void assertSeen(Case one, Fault fault, int seen) {
        int port = fault.ports().get(0);
        long counted = stage.counted(one.model(), one.ordinal(), port);
        long failures = stage.failures(one.ordinal(), port);
        if (fault.seesEveryFailure()) {
            assertThat((long) seen).isEqualTo(counted + failures);
        } else {
            assertThat((long) seen).isBetween(counted + 1, counted + failures);
        }
    }

    private static void slowly(ScriptedWorker.Call call) throws IOException {
        try {
            new CountDownLatch(1).await(SLOW_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        call.answer();
    }

    private static Script garbage() {
        return call -> {
            call.write("\u0001\u0002 this is no HTTP\r\n\r\n");
            call.close();
        };
    }

    private static Script everySecondFails() {
        return call -> {
            if (call.number() % 2 == 0) {
                call.answer(500, "{}");
            } else {
                call.answer();
            }
        };
    }
}
