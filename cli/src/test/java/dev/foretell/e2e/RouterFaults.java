package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What befalls the router and its Redis. */
final class RouterFaults {
    private RouterFaults() {}

    /** A fault of the router itself, which the workers have no part in. */
    private abstract static class OfRouter implements Fault {
        private String model = "";
        private int number;
        private String map = "";

        @Override
        public final void prepare(Stage stage, String model, int number) {
            this.model = model;
            this.number = number;
            awaitWrites(stage);
            map = stage.map();
        }

        final Http.Reply registerAgain(Stage stage) {
            return stage.register(model, number, List.of());
        }

        final void awaitWrites(Stage stage) {
            Stage.eventually().until(() -> registerAgain(stage).status() == 200);
        }

        final void assertMapIsKept(Stage stage) {
            assertThat(stage.map()).isEqualTo(map);
        }

        @Override
        public void close() {}
    }

    /** Redis stopped with SIGSTOP: its port is open, nobody answers. Writes say so. */
    static final class RedisFrozen extends OfRouter {
        @Override
        public void begin(Stage stage, Traffic traffic) {
            Signal.STOP.send(stage.redis().pid());
            Http.Reply refused = registerAgain(stage);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().path("code").asText()).isEqualTo("STATE_STORE_UNAVAILABLE");
            Stage.eventually().until(() -> stage.store().equals("away"));
        }

        @Override
        public void end(Stage stage, Traffic traffic) {
            Signal.CONT.send(stage.redis().pid());
            awaitWrites(stage);
            assertMapIsKept(stage);
        }
    }

    /** Redis killed with SIGKILL: the router starts it again. */
    static final class RedisKilled extends OfRouter {
        @Override
        public void begin(Stage stage, Traffic traffic) {
            ProcessHandle redis = stage.redis();
            Signal.KILL.send(redis.pid());
            redis.onExit().join();
        }

        @Override
        public void end(Stage stage, Traffic traffic) {
            awaitWrites(stage);
            assertMapIsKept(stage);
        }
    }

    /** The router killed with SIGKILL and started again: each caller loses at most the call it had in flight. */
    static final class RouterKilled extends OfRouter {
        /** Counts are stored each second: what was answered this long before the kill must not be lost, however busy the machine is. */
        private static final long FLUSHED_NANOS = TimeUnit.SECONDS.toNanos(10);

        private long answeredAndStored;
        private int answeredWhenKilled;

        @Override
        public void begin(Stage stage, Traffic traffic) {
            answeredAndStored = traffic.answered();
            long since = System.nanoTime();
            traffic.calmly(() -> Stage.eventually().until(() -> System.nanoTime() - since > FLUSHED_NANOS));
            traffic.awaitMore(500); // at full speed again: calls are in flight when the router is killed
            traffic.routerGoes();
            stage.killRouter();
            answeredWhenKilled = traffic.answered();
            stage.startRouter();
            assertMapIsKept(stage);
            traffic.routerIsBack();
        }

        @Override
        public void end(Stage stage, Traffic traffic) {
            awaitWrites(stage);
        }

        @Override
        public int mostFailed(int callers) {
            return callers;
        }

        /** What was counted just before the kill is lost. */
        @Override
        public long leastCounted(Traffic traffic) {
            return traffic.answered() - answeredWhenKilled + answeredAndStored;
        }
    }
}
