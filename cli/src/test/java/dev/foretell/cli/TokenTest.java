package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.child.Outcome;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.examples.Fib;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.RouterMain;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router with a token: commands send it, and so do workers. */
class TokenTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String TOKEN = "open-sesame-42";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whoHasItMayChangeThings() throws Exception {
        RouterConfig config = ConfigLoader.load(
                RouterConfig.defaults(),
                "",
                Map.of(),
                Map.of("http.port", "0", "http.token", TOKEN, "redis.data", folder.toString()));
        RouterMain router = Outcome.of(RouterMain.start(config), LONGEST);
        try {
            commands("http://127.0.0.1:" + router.port());
            workers("http://127.0.0.1:" + router.port());
        } finally {
            Outcome.of(router.close(), LONGEST);
        }
    }

    private void commands(String url) throws Exception {
        String map = Files.writeString(folder.resolve("map.json"), "{\"AI\":{\"m\":[{\"host\":\"h\",\"port\":1}]}}")
                .toString();
        Awaitility.await().until(() -> Ran.foretell("routes", "--router", url).exitCode() == 0);

        Ran without = Ran.foretell("routes", "--router", url, "put", map);
        Ran with = Ran.foretell("routes", "--router", url, "--token", TOKEN, "put", map);

        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.err()).contains("token");
        assertThat(with.exitCode()).isZero();
    }

    private static void workers(String url) {
        WorkerConfig keyed = ConfigLoader.load(
                WorkerConfig.defaults(), "", Map.of(), Map.of("registration.key", TOKEN, "http.port", "0"));
        try (RunningWorker worker =
                Worker.of("fib", Fib::predict).configured(keyed).register(url, "AI")) {
            assertThat(worker.port()).isPositive();
            Awaitility.await()
                    .until(() -> Ran.foretell("routes", "--router", url).out().contains("fib"));
        }
    }
}
