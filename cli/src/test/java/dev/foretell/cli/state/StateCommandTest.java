package dev.foretell.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.Ran;
import dev.foretell.cli.child.Child;
import dev.foretell.cli.client.RouterHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCommandTest {
    private static final String MAP = """
            {"AI": {"fib": [{"host": "localhost", "port": 1, "local_worker_id": 0}]}}""";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aBackupOfARunningRouterIsAnotherRoutersState() throws IOException, InterruptedException {
        Path file = folder.resolve("state.zip");
        try (Child router = router("one")) {
            RouterHttp http = ready(router);
            assertThat(http.put("/v1/model_workers_map", MAP).isOk()).isTrue();

            Ran backup = state("backup", file.toString(), "--data", data("one"));
            Ran refused = state("restore", file.toString(), "--data", data("one"), "--replace");

            assertThat(backup.err()).isEmpty();
            assertThat(backup.exitCode()).isZero();
            assertThat(backup.out())
                    .startsWith(file + ": ")
                    .contains("1 model with 1 worker in the routing table (revision 1), 0 registered models");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("is in use by another router (process " + router.pid() + ")");
        }

        Ran restore = state("restore", file.toString(), "--data", data("two"));

        assertThat(restore.err()).isEmpty();
        assertThat(restore.exitCode()).isZero();
        assertThat(restore.out()).startsWith("restored, as of 2").contains("1 model with 1 worker");
        try (Child router = router("two")) {
            assertThat(ready(router).get("/v1/model_workers_map").body()).contains("\"fib\"");
        }
    }

    @Test
    void whatIsNotThereIsOneClearLine() throws IOException {
        Path none = Files.writeString(folder.resolve("none.zip"), "this is no backup");

        Ran backup = state("backup", folder.toString(), "--data", data("nowhere"));
        Ran restore = state("restore", none.toString(), "--data", data("nowhere"));

        assertThat(backup.exitCode()).isEqualTo(1);
        assertThat(backup.err()).hasLineCount(1).contains("there is no state in the data folder");
        assertThat(restore.exitCode()).isEqualTo(1);
        assertThat(restore.err()).hasLineCount(1).contains("none.zip is not a backup, or is truncated");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    private static RouterHttp ready(Child router) throws IOException, InterruptedException {
        RouterHttp http = new RouterHttp(router.url());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> http.get("/readyz").isOk());
        return http;
    }

    private Child router(String name) throws IOException {
        return Child.start(
                name,
                List.of("router", "--port", "0", "--data", data(name), "--set", "http.drain-delay=0s"),
                folder.resolve(name + ".log"));
    }

    private String data(String name) {
        return folder.resolve(name).toString();
    }

    private static Ran state(String command, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "state";
        arguments[1] = command;
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Ran.foretell(arguments);
    }
}
