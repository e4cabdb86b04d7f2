package dev.foretell.cli.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.Ran;
import dev.foretell.cli.child.Child;
import dev.foretell.cli.client.RouterHttp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router with its own trainer, which comes with the first task and goes with the router. */
class OwnTrainerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void comesWithTheFirstTaskAndGoesWithTheRouter() throws Exception {
        List<String> arguments = List.of(
                "router", "--port", "0", "--data", folder.resolve("data").toString(), "--exit-with-parent");
        List<ProcessHandle> started;
        try (Child router = Child.start("router", arguments, folder.resolve("router.log"))) {
            String url = router.url();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> new RouterHttp(url).get("/readyz").isOk());
            Ran ran = Ran.foretell(
                    "tasks",
                    "run",
                    "--router",
                    url,
                    "--data",
                    Path.of("..", "examples", "iris.csv").toString(),
                    "--target",
                    "species",
                    "--algorithm",
                    "decision-tree");
            started = ProcessHandle.of(router.pid()).orElseThrow().descendants().toList();

            assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
            assertThat(ran.out()).contains("SUCCEEDED");
            router.kill();
        }

        assertThat(started).isNotEmpty();
        Awaitility.await().atMost(PATIENCE).until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Its log rotates as the router's does, while the console would grow for ever. */
    @Test
    void ofARouterInTheBackgroundHasItsLogBesideTheRouters() throws Exception {
        String data = folder.resolve("data").toString();
        Path logs = folder.resolve("logs");
        Ran start = Ran.foretell("router", "start", "--port", "0", "--data", data, "--logs", logs.toString());
        try {
            String url =
                    start.out().lines().findFirst().orElseThrow().split(" ")[2].replace(",", "");
            new RouterHttp(url)
                    .post(
                            "/v1/tasks",
                            "{\"parameters\":{\"target\":\"y\",\"algorithm\":\"baseline\"},\"data\":{\"csv\":\"x,y\\n1,a\\n\"}}")
                    .orFail();
            Path log = logs.resolve("trainer").resolve("info.log");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Files.exists(log) && Files.readString(log).contains("has ended"));

            assertThat(Files.readString(logs.resolve("info.log"))).doesNotContain("has ended: ");
        } finally {
            assertThat(Ran.foretell("router", "stop", "--data", data).exitCode())
                    .isZero();
        }
    }
}
