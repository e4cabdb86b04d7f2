package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.store.StateStore;
import dev.foretell.router.store.connection.StoreConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registered workers are records of Vert.x Service Discovery, in the same Redis. */
class DiscoveryTest {
    private static final String SPOILT = "[]";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private StateStore sameRedis() throws Exception {
        String address = "redis://:" + setting("requirepass") + "@127.0.0.1:" + setting("port");
        return await(StateStore.open(
                vertx, new StoreConfig(address, router.folder(), null, "foretell", Duration.ofSeconds(1))));
    }

    private static String setting(String name) throws IOException {
        return Files.readAllLines(router.folder().resolve("redis.conf")).stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).replace("\"", ""))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> endpoints(StateStore store) throws Exception {
        return await(store.records().all()).stream()
                .filter(json -> !json.equals(SPOILT))
                .map(JsonObject::new)
                .map(record -> record.getString("name") + " "
                        + record.getJsonObject("location").getString("endpoint") + " "
                        + record.getJsonObject("metadata").getString("type"))
                .sorted()
                .toList();
    }

    @Test
    void everyWorkerHasARecordAsLongAsItIsRegistered() throws Exception {
        StateStore store = sameRedis();

        router.replace("""
                {"AI":{"fib":[{"host":"127.0.0.1","port":1},{"host":"127.0.0.1","port":2}],\
                "sum":[{"host":"127.0.0.1","port":1}]}}""");
        Awaitility.await()
                .untilAsserted(() -> assertThat(endpoints(store))
                        .containsExactly(
                                "AI/fib http://127.0.0.1:1/ AI",
                                "AI/fib http://127.0.0.1:2/ AI",
                                "AI/sum http://127.0.0.1:1/ AI"));

        router.delete("/v1/model_workers_map/AI/fib/127.0.0.1-1-0");
        Awaitility.await()
                .untilAsserted(() -> assertThat(endpoints(store))
                        .containsExactly("AI/fib http://127.0.0.1:2/ AI", "AI/sum http://127.0.0.1:1/ AI"));

        router.delete("/v1/model_workers_map/AI");
        Awaitility.await().untilAsserted(() -> assertThat(endpoints(store)).isEmpty());
        await(store.close());
    }

    @Test
    void aRecordThatWasLostIsThereAgainAfterARestartBesideOneThatIsSpoilt() throws Exception {
        router.replace("""
                {"AI":{"fib":[{"host":"127.0.0.1","port":1}]}}""");
        StateStore store = sameRedis();
        Awaitility.await().untilAsserted(() -> assertThat(endpoints(store)).hasSize(1));
        await(store.records().remove("AI/fib/127.0.0.1-1-0"));
        await(store.records().put("AI/spoilt/127.0.0.1-9-0", SPOILT));
        await(store.records()
                .put(
                        "AI/gone/127.0.0.1-9-0",
                        new JsonObject()
                                .put("name", "AI/gone")
                                .put("registration", "AI/gone/127.0.0.1-9-0")
                                .put("location", new JsonObject().put("endpoint", "http://127.0.0.1:9/"))
                                .put("metadata", new JsonObject().put("type", "AI"))
                                .encode()));
        await(store.close());

        router.stop();
        router.start();

        StateStore again = sameRedis();
        Awaitility.await()
                .untilAsserted(() -> assertThat(endpoints(again)).containsExactly("AI/fib http://127.0.0.1:1/ AI"));
        await(again.close());
    }
}
