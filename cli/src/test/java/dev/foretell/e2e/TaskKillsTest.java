package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.commons.json.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks while trainers, the router and its Redis are killed at random, by a fixed seed: none is lost, and each has one version. The
 * long form, with 50 tasks and 100 kills, is {@code -Dforetell.task-kills=true}.
 */
class TaskKillsTest {
    private static final boolean IS_LONG = Boolean.getBoolean("foretell.task-kills");
    private static final int TASKS = IS_LONG ? 50 : 8;
    private static final int KILLS = IS_LONG ? 100 : 12;
    private static final int TRAINERS = 2;
    /** Tasks that wait or run at any time. */
    private static final int OPEN = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(IS_LONG ? 30 : 5);

    @TempDir
    private Path folder = Path.of("");

    private final Random random = new Random(13);
    private final List<Child> trainers = new ArrayList<>();
    private final Map<String, String> models = new TreeMap<>();
    private final Map<String, Integer> kills = new TreeMap<>();
    private Child router = Child.foretell("--version");
    private Child host = router;
    private String url = "";
    private String table = "";

    @AfterEach
    void stop() {
        trainers.forEach(Child::close);
        host.close();
        router.close();
    }

    private Child router(int port) {
        return Child.foretell(
                "router",
                "--port",
                String.valueOf(port),
                "--data",
                folder.resolve("data").toString(),
                "--set",
                "tasks.lease=2s",
                "--set",
                "tasks.attempts=100",
                "--set",
                "tasks.trainer=false");
    }

    private void addTrainer() {
        trainers.add(Child.foretell(
                "trainer",
                "--router",
                url,
                "--places",
                "1",
                "--data",
                folder.resolve("trainers").toString()));
    }

    @Test
    void noTaskIsLostOrDoneTwice() throws Exception {
        router = router(0);
        url = router.url();
        host = Child.foretell("host", "--router", url, "-b", "127.0.0.1:0");
        host.url();
        table = send(Path.of("..", "examples", "iris.csv"));
        for (int i = 0; i < TRAINERS; i++) {
            addTrainer();
        }
        for (int kill = 0; kill < KILLS; kill++) {
            awaitRunningTask();
            pause(random.nextInt(600));
            killOne();
        }
        while (models.size() < TASKS) {
            queue();
        }

        models.forEach(this::requireDoneOnce);
        assertThat(call(() -> new RouterHttp(url)
                                .get("/v1/tasks?limit=1000")
                                .orFail()
                                .json())
                        .path("tasks"))
                .as("tasks after the kills " + kills)
                .hasSize(TASKS);
    }

    private String send(Path file) throws Exception {
        String text = Files.readString(file);
        return call(() -> new RouterHttp(url)
                        .post("/v1/task-files", text)
                        .orFail()
                        .json())
                .path("digest")
                .asText();
    }

    /** Repeats a call while no router answers, or it is without Redis. */
    private static JsonNode call(Supplier<JsonNode> call) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(CommandFailure.class)
                .until(call::get, json -> true);
    }

    /** The key makes one task of all tries. */
    private void queue() {
        String model = "m" + models.size();
        ObjectNode order = Json.MAPPER.createObjectNode().put("name", model);
        order.putObject("parameters")
                .put("target", "species")
                .put("algorithm", "decision-tree")
                .put("folds", 2);
        order.putObject("data").put("digest", table);
        order.putObject("serve").put("model", model);
        JsonNode task = call(() -> new RouterHttp(url)
                .send("POST", "/v1/tasks", Json.writeText(order), Map.of("Idempotency-Key", model), RouterHttp.ANSWER)
                .orFail()
                .json());
        models.put(model, task.path("id").asText());
    }

    /** Queues what is to be open. Once all tasks are queued, those that have ended will do as well. */
    private void awaitRunningTask() {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            JsonNode tasks = call(() ->
                    new RouterHttp(url).get("/v1/tasks?limit=1000").orFail().json());
            int open = 0;
            boolean runs = false;
            for (JsonNode task : tasks.path("tasks")) {
                open += task.has("finished_ms") ? 0 : 1;
                runs |= task.path("state").asText().equals("RUNNING");
            }
            for (; open < OPEN && models.size() < TASKS; open++) {
                queue();
            }
            return runs || open == 0;
        });
    }

    private static void pause(long millis) {
        Awaitility.await()
                .pollDelay(millis, TimeUnit.MILLISECONDS)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> true);
    }

    private void killOne() throws Exception {
        int chance = random.nextInt(10);
        if (chance < 6) {
            trainers.remove(random.nextInt(trainers.size())).kill();
            addTrainer();
        } else if (chance < 8) {
            redis().destroyForcibly();
        } else {
            router.kill();
            router = router(URI.create(url).getPort());
            router.url();
        }
        kills.merge(chance < 6 ? "trainer" : chance < 8 ? "redis" : "router", 1, Integer::sum);
    }

    /** The router may be about to start it again. */
    private ProcessHandle redis() {
        return Awaitility.await()
                .atMost(PATIENCE)
                .ignoreException(IllegalStateException.class)
                .until(() -> router.descendant("redis-server"), ProcessHandle::isAlive);
    }

    private void requireDoneOnce(String model, String id) {
        JsonNode task = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> call(() -> new RouterHttp(url)
                                .get("/v1/tasks/" + id)
                                .orFail()
                                .json()),
                        shown -> shown.has("finished_ms"));
        assertThat(task.path("state").asText())
                .as("%s after the kills %s", task, kills)
                .isEqualTo("SUCCEEDED");
        JsonNode versions = call(() ->
                        new RouterHttp(url).get("/v1/models/" + model).orFail().json())
                .path("versions");
        assertThat(versions)
                .as("versions of %s after the kills %s", model, kills)
                .hasSize(1);
        assertThat(versions.at("/0/provenance/task").asText()).isEqualTo(id);
    }
}
