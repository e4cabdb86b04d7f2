package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.e2e.ScriptedWorker.Script;
import dev.foretell.e2e.WorkerFaults.Killed;
import dev.foretell.e2e.WorkerFaults.Misbehaving;
import dev.foretell.edge.EventLoops;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the platform engineer fears at three in the morning, with real processes, real signals and callers that never stop:
 * where one healthy worker remains, no call fails, none is shed, and what the router counted is what the callers got. Writes
 * its figures as a table.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChaosSuite {
    private static final int CALLERS = 24;
    private static final int MANY_CALLERS = 64;
    private static final int SLOW_MILLIS = 300;

    private final EventLoops transport;
    private final String name;
    private final ReliabilityTable table = new ReliabilityTable();
    private Stage stage;

    ChaosSuite(EventLoops transport) {
        this(transport, transport.name().toLowerCase(Locale.ROOT));
    }

    /** @param name of the table */
    ChaosSuite(EventLoops transport, String name) {
        this.transport = transport;
        this.name = name;
    }

    /** The faults, in the order in which they strike. */
    enum Case {
        WORKER_KILLED(Killed::one),
        TWO_OF_THREE_KILLED(Killed::twoAtOnce),
        WORKER_FLAPPING(Killed::againAndAgain),
        WORKER_FROZEN(WorkerFaults.Frozen::new),
        WORKER_SLOW(stage -> Misbehaving.with(ChaosSuite::slowly)),
        WORKER_RESETTING(stage -> Misbehaving.breakingOff(ScriptedWorker.Call::reset)),
        WORKER_RESETTING_IN_MID_ANSWER(stage -> Misbehaving.breakingOff(halfAnAnswer())),
        WORKER_ANSWERING_GARBAGE(stage -> Misbehaving.breakingOff(garbage())),
        WORKER_ANSWERING_TWICE(stage -> Misbehaving.straying(ScriptedWorker.plain(), twice())),
        ECHOING_WORKER_ANSWERING_TWICE(stage -> Misbehaving.straying(ScriptedWorker.echoing(), twice())),
        ECHOING_WORKER_RESETTING_IN_MID_ANSWER(stage -> Misbehaving.breakingOffShared(halfAnAnswer())),
        WORKER_ANSWERING_TOO_MUCH(stage -> Misbehaving.straying(ScriptedWorker.plain(), trailingBytes())),
        WORKER_HALF_FAILING(stage -> Misbehaving.with(everySecondFails())),
        WORKERS_ROLLED(stage -> new WorkerFaults.Rolled()),
        CALLERS_HANGING_UP(stage -> new CallerFaults.HangingUp()),
        CALLERS_READING_NOTHING(stage -> new CallerFaults.ReadingNothing()),
        ONE_OF_TWO_ROUTERS_KILLED(stage -> new SharedFaults.OneOfTwoRoutersKilled()),
        DATA_FOLDER_COPIED(stage -> new SharedFaults.DataFolderCopied()),
        /** For {@link ChaosClockTest} alone. */
        WALL_CLOCK_JUMPING(stage -> new SharedFaults.WallClockJumping()),
        ROUTER_KILLED(stage -> new RouterFaults.RouterKilled()),
        REDIS_FROZEN(stage -> new RouterFaults.RedisFrozen()),
        REDIS_KILLED(stage -> new RouterFaults.RedisKilled());

        private final Function<Stage, Fault> fault;

        Case(Function<Stage, Fault> fault) {
            this.fault = fault;
        }

        /** Whether it shows how sockets behave, which differs by transport. */
        boolean isOfSockets() {
            return switch (this) {
                case WORKER_RESETTING,
                        WORKER_RESETTING_IN_MID_ANSWER,
                        WORKER_ANSWERING_GARBAGE,
                        WORKER_ANSWERING_TWICE,
                        ECHOING_WORKER_ANSWERING_TWICE,
                        ECHOING_WORKER_RESETTING_IN_MID_ANSWER,
                        WORKER_ANSWERING_TOO_MUCH,
                        CALLERS_HANGING_UP,
                        CALLERS_READING_NOTHING -> true;
                default -> false;
            };
        }

        int callers() {
            return this == WORKER_KILLED || this == WORKER_FROZEN ? MANY_CALLERS : CALLERS;
        }

        String model() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @BeforeAll
    void open(@TempDir Path folder) {
        stage = stage(folder.resolve("router"));
    }

    Stage stage(Path folder) {
        return new Stage(folder, transport);
    }

    @AfterAll
    void close() throws IOException {
        if (stage != null) {
            stage.close();
            table.write(Path.of("target", "reliability-" + name + ".md"));
        }
    }

    Stream<Case> cases() {
        return Stream.of(Case.values()).filter(one -> one != Case.WALL_CLOCK_JUMPING);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noCallFails(Case one) {
        try (Fault fault = one.fault.apply(stage)) {
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
            Stage.eventually()
                    .untilAsserted(() -> assertThat(stage.counted(one.model()))
                            .isBetween(fault.leastCounted(traffic), (long) traffic.calls()));
            fault.seen().ifPresent(seen -> assertSeen(one, fault, seen));
        }
    }

    /** What the worker saw beyond what is counted for it, it failed, or was slow with, and the router tried elsewhere. */
    private void assertSeen(Case one, Fault fault, int seen) {
        int port = fault.ports().get(0);
        long counted = stage.counted(one.model(), one.ordinal(), port);
        long failures = stage.failures(one.ordinal(), port);
        long least = fault.seesEveryFailure() ? counted + failures : counted + 1;
        assertThat((long) seen).isBetween(least, counted + failures + stage.copies(one.model()));
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

    private static Script halfAnAnswer() {
        return call -> {
            call.write("HTTP/1.1 200 OK\r\n" + call.echo() + "Content-Length: 100\r\n\r\n{\"half\":");
            call.reset();
        };
    }

    private static Script twice() {
        return call -> {
            call.answer();
            call.answer(200, "\"an answer that nobody asked for\"");
        };
    }

    private static Script trailingBytes() {
        return call -> {
            call.answer();
            call.write("EXTRA");
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
