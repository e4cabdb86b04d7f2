package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What befalls what routers share, or are taken to share. */
final class SharedFaults {
    private SharedFaults() {}

    /** Two routers on one Redis; a worker is registered at the one that is killed, and goes on with the other. */
    static final class OneOfTwoRoutersKilled implements Fault {
        private Child second;
        private Child worker;

        @Override
        public void prepare(Stage stage, String model, int number) {
            second = stage.secondRouter(stage.folder().resolveSibling("second"));
            worker = stage.named(model, 0, "--router", second.url() + "," + stage.url(), "--type", "AI");
            stage.awaitState(worker.port(), "READY");
        }

        @Override
        public void begin(Stage stage, Traffic traffic) {
            second.kill();
            traffic.calmly(() -> Stage.eventually().until(() -> worker.output().contains("with " + stage.url())));
        }

        @Override
        public void end(Stage stage, Traffic traffic) {
            stage.awaitState(worker.port(), "READY");
        }

        @Override
        public void close() {
            if (worker != null) {
                worker.close();
            }
            if (second != null) {
                second.close();
            }
        }
    }

    /** The wall clock of all, Redis's too, is set three days ahead, and back; a worker that registered itself lives on. */
    static final class WallClockJumping implements Fault {
        private static final long SEVERAL_LEASES_NANOS = TimeUnit.SECONDS.toNanos(20);

        private Child worker;

        @Override
        public void prepare(Stage stage, String model, int number) {
            worker = stage.named(model, 0, "--router", stage.url(), "--type", "AI", "--set", "registration.lease=8s");
            stage.awaitState(worker.port(), "READY");
        }

        @Override
        public void begin(Stage stage, Traffic traffic) {
            stage.wallClock().jumpTo("+3d");
            Stage.eventually().until(() -> stage.log().contains("s ahead, or the machine slept"));
            long since = System.nanoTime();
            traffic.calmly(() -> Stage.eventually().until(() -> System.nanoTime() - since > SEVERAL_LEASES_NANOS));
        }

        @Override
        public void end(Stage stage, Traffic traffic) {
            stage.wallClock().jumpTo("+0");
            Stage.eventually().until(() -> stage.log().contains("s back, or the machine slept"));
            stage.awaitState(worker.port(), "READY");
            assertThat(stage.log()).doesNotContain("lease lost");
        }

        @Override
        public void close() {
            if (worker != null) {
                worker.close();
            }
        }
    }

    /** The data folder of the running router is copied, and a router started on the copy, which says so. */
    static final class DataFolderCopied implements Fault {
        private static final String ANOTHER_MAP = """
                {"AI":{"another":[{"host":"localhost","port":1,"local_worker_id":0}]}}""";

        private String map = "";
        private Child copy;

        @Override
        public void prepare(Stage stage, String model, int number) {
            Stage.eventually()
                    .until(() -> stage.register(model, number, List.of()).status() == 200);
            map = stage.map();
        }

        @Override
        public void begin(Stage stage, Traffic traffic) {
            Path to = stage.folder().resolveSibling("copy");
            copyAsItIs(stage.folder(), to);
            traffic.calmly(() -> {
                copy = stage.routerOn(to);
                Stage.eventually().until(() -> Http.get(copy.url() + "/readyz").status() == 200);
            });
            assertThat(copy.output()).contains("is a copy of");
            assertThat(Http.put(copy.url() + "/v1/model_workers_map?mode=replace", ANOTHER_MAP)
                            .status())
                    .isEqualTo(200);
        }

        @Override
        public void end(Stage stage, Traffic traffic) {
            assertThat(copy.terminate()).isZero();
            assertThat(stage.map()).isEqualTo(map);
        }

        @Override
        public void close() {
            if (copy != null) {
                copy.close();
            }
        }

        /** As an operator does it, while it is written to. */
        private static void copyAsItIs(Path from, Path to) {
            try {
                assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                                .inheritIO()
                                .start()
                                .waitFor())
                        .isZero();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
