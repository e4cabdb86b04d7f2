package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.LiveRouter.Answer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Row P7: a restarted router goes on where it was. */
class RestartTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    @Test
    void keepsTheMapTheCountsAndTheStatuses() {
        FakeWorker worker = router.worker(answers("2"));
        FakeWorker gone = router.worker(answers("2"));
        gone.stop();
        router.serve(worker, gone);
        router.awaitState(worker, "READY");
        router.awaitState(gone, "DOWN");
        for (int i = 0; i < 7; i++) {
            router.predict();
        }
        String map = router.map();
        String revision = router.get("/v1/model_workers_map").header("X-Routing-Revision");
        JsonNode before = router.workersOfAi();

        router.stop();
        router.start();

        assertThat(router.map()).isEqualTo(map);
        assertThat(router.get("/v1/model_workers_map").header("X-Routing-Revision"))
                .isEqualTo(revision);
        JsonNode after = router.workersOfAi();
        assertThat(after.path(worker.id()).path("first_pass"))
                .isEqualTo(before.path(worker.id()).path("first_pass"));
        assertThat(after.path(worker.id()).path("state").asText()).isEqualTo("READY");
        assertThat(after.path(gone.id()).path("since"))
                .isEqualTo(before.path(gone.id()).path("since"));
        assertThat(router.predict().status()).isEqualTo(200);
        assertThat(router.get("/elb-healthcheck")
                        .json()
                        .path("requests")
                        .path("fib")
                        .path(worker.id())
                        .asInt())
                .isEqualTo(8);
    }

    @Test
    void aRouterWhosePortIsTakenSaysSoAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            var failing = RouterMain.start(config(folder, port)).toCompletionStage();

            Assertions.assertThatThrownBy(() -> failing.toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("in use");
        }

        RouterMain again = RouterMain.start(config(folder, "0"))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        assertThat(again.port()).isPositive();
        again.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void beforeItsStateIsRestoredItSaysSoRatherThanThatNothingIsThere(@TempDir Path folder) throws Exception {
        RouterMain waiting = RouterMain.start(ConfigLoader.load(
                        config(folder, "0"), "", Map.of(), Map.of("redis.address", "redis://127.0.0.1:1")))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        String url = "http://127.0.0.1:" + waiting.port();

        for (HttpRequest.Builder request : List.of(
                HttpRequest.newBuilder(URI.create(url + "/v1/AI_model/predict")).POST(BodyPublishers.ofString("""
                        {"modelId":"fib","data":{"n":2}}""")),
                HttpRequest.newBuilder(URI.create(url + "/v1/AI_model/fib/predict"))
                        .POST(BodyPublishers.ofString("""
                                {"n":2}""")),
                HttpRequest.newBuilder(URI.create(url + "/v1/model_workers_map")),
                HttpRequest.newBuilder(URI.create(url + "/v1/workers")),
                HttpRequest.newBuilder(URI.create(url + "/v1/models")),
                HttpRequest.newBuilder(URI.create(url + "/v2/models/fib")))) {
            Answer answer = Answer.of(HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(answer.body()).contains("restoring its state");
            assertThat(answer.body()).doesNotContain("store is not available");
        }
        waiting.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static RouterConfig config(Path folder, String port) {
        return ConfigLoader.load(
                RouterConfig.defaults(),
                "",
                Map.of(),
                Map.of("redis.data", folder.toString(), "http.port", port, "http.drain", "100ms"));
    }
}
