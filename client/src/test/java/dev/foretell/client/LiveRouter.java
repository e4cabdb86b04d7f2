package dev.foretell.client;

import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.RouterMain;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real router with its own Redis, in this process. */
final class LiveRouter implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final RouterMain router;

    private LiveRouter(Path folder, RouterMain router) {
        this.folder = folder;
        this.router = router;
    }

    /** Starts one on a free port. */
    static LiveRouter start(String... keysAndValues) {
        try {
            Path folder = Files.createTempDirectory("foretell-client");
            Map<String, String> settings = new HashMap<>(Map.of(
                    "http.port", "0",
                    "http.drain", "100ms",
                    "redis.timeout", "10s",
                    "redis.data", folder.toString(),
                    "health.interval", "100ms",
                    "health.timeout", "3s"));
            for (int i = 0; i < keysAndValues.length; i += 2) {
                settings.put(keysAndValues[i], keysAndValues[i + 1]);
            }
            RouterConfig config = ConfigLoader.load(RouterConfig.defaults(), "", Map.of(), settings);
            return new LiveRouter(folder, await(RouterMain.start(config)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + router.port();
    }

    /** Keeps a worker registered, and waits until all its functions can be called. */
    RunningWorker serve(Worker worker, String type) {
        RunningWorker running = worker.register(url(), type);
        ModelCatalog catalog = ForetellClient.at(url()).catalog();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> running.functions().stream()
                        .allMatch(name -> catalog.models().stream()
                                .anyMatch(model -> model.name().endsWith(name) && model.isReady())));
        return running;
    }

    /** Turns new calls away, as a router does that is about to stop. */
    void drain() {
        router.drain();
    }

    @Override
    public void close() {
        await(router.close());
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
