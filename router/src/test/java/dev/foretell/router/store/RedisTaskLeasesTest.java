package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.json.Json;
import dev.foretell.commons.training.EngineName;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.tasks.TaskData;
import dev.foretell.router.tasks.TaskLimits;
import dev.foretell.router.tasks.TaskOrder;
import dev.foretell.router.tasks.TaskOrigin;
import dev.foretell.router.tasks.TaskState;
import dev.foretell.router.tasks.TaskStore;
import dev.foretell.router.tasks.Tasks;
import dev.foretell.router.tasks.TasksConfig;
import dev.foretell.router.tasks.Trainers;
import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The leases of running tasks while the clock of Redis, which measures them, jumps. */
class RedisTaskLeasesTest {
    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private static final TasksConfig CONFIG = RouterConfig.defaults().tasks();
    private static final Trainers.Claimant TRAINER = new Trainers.Claimant("trainer-1", Set.of(EngineName.FORETELL));
    private static final Duration DAY = Duration.ofDays(1);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong jump = new AtomicLong();
    private final TaskStore store = jumping(OPEN.store().tasks());
    private final Tasks tasks = new Tasks(store, () -> CONFIG, Clock.systemUTC(), new Random(1));
    private final Trainers trainers = new Trainers(store, tasks, () -> CONFIG, Clock.systemUTC(), nanos::get);
    private String id = "";

    /** The same, but with the clock that the test sets. */
    private TaskStore jumping(TaskStore real) {
        return (TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("time")
                                ? Future.succeededFuture(jump.get() + nanos.get() / 1_000_000)
                                : method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @BeforeEach
    void runATask() {
        await(store.open());
        TaskOrder order = new TaskOrder(
                "train",
                "t",
                Json.MAPPER.createObjectNode(),
                new TaskData("d", 1, ""),
                new TaskLimits(60_000, 64),
                null);
        id = await(tasks.queue(order, new TaskOrigin("", "f"))).id();
        assertThat(await(trainers.claim(TRAINER))).isPresent();
        passTime(CONFIG.leases().lease());
    }

    private void passTime(Duration time) {
        for (long second = 0; second <= time.toSeconds(); second++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            await(trainers.takeBack());
        }
    }

    private TaskState state() {
        return await(tasks.require(id)).state();
    }

    private void becomeIdle(Duration time) {
        String script = "redis.call('XCLAIM',KEYS[1],'trainers','running',0,redis.call('HGET',KEYS[2],ARGV[1]),"
                + "'IDLE',ARGV[2],'JUSTID') return 1";
        String keys = "{foretell}:tasks-queue {foretell}:tasks-places";
        assertThat(OPEN.byHand("EVAL \"" + script + "\" 2 " + keys + " " + id + " " + time.toMillis()))
                .isEqualTo(":1");
    }

    @Test
    void aTaskThatWasSilentForALeaseIsTaken() {
        becomeIdle(DAY);
        passTime(Duration.ofSeconds(1));

        assertThat(state()).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aClockThatJumpsADayAheadTakesNoTaskFromItsTrainer() {
        becomeIdle(DAY);
        jump.addAndGet(DAY.toMillis());
        passTime(CONFIG.leases().lease().multipliedBy(3));

        assertThat(state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void afterAJumpASilentTrainerLosesItsTaskAsBefore() {
        jump.addAndGet(-DAY.toMillis());
        passTime(CONFIG.leases().lease().multipliedBy(2));
        becomeIdle(CONFIG.leases().lease().plusSeconds(1));
        passTime(Duration.ofSeconds(1));

        assertThat(state()).isEqualTo(TaskState.QUEUED);
    }
}
