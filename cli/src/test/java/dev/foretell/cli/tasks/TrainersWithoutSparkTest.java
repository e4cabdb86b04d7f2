package dev.foretell.cli.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.Ran;
import dev.foretell.cli.child.Child;
import dev.foretell.cli.client.RouterHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task for Spark where the first trainer has none: a router and trainers, each a process. */
class TrainersWithoutSparkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder = Path.of("");

    private final Deque<Child> processes = new ArrayDeque<>();
    private String url = "";

    @AfterEach
    void stop() {
        processes.forEach(Child::close);
    }

    private Child child(String name, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--exit-with-parent");
        Child child = Child.start(name, all, folder.resolve(name + ".log"));
        processes.push(child);
        return child;
    }

    private Ran tasks(String... arguments) {
        List<String> all = new ArrayList<>(List.of("tasks"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--router", url));
        return Ran.foretell(all.toArray(String[]::new));
    }

    private Ran order(String... more) {
        List<String> all = new ArrayList<>(List.of("run", "--target", "species", "--algorithm", "decision-tree"));
        all.addAll(List.of("--data", Path.of("..", "examples", "iris.csv").toString()));
        all.addAll(List.of(more));
        return tasks(all.toArray(String[]::new));
    }

    private JsonNode task(String id) {
        return new RouterHttp(url).get("/v1/tasks/" + id).orFail().json();
    }

    /** A distribution by its looks alone: its trainer takes the task, and the process of the task does not start. */
    private Path sparkHome() throws IOException {
        Path jars = Files.createDirectories(folder.resolve("spark").resolve("jars"));
        Files.createFile(jars.resolve("foretell-worker-spark-0.jar"));
        return jars.getParent();
    }

    @Test
    void itWaitsInWordsAndInNobodysWayUntilATrainerHasSpark() throws Exception {
        url = child(
                        "router",
                        "router",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString(),
                        "--set",
                        "tasks.trainer=false",
                        "--set",
                        "training.spark-home=" + folder)
                .url();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> new RouterHttp(url).get("/readyz").isOk());
        child("plain", "trainer", "--router", url, "--name", "plain", "--places", "1");
        String id = order("--engine", "spark", "--detach").out().strip();
        Ran behind = order();
        Ran shown = tasks("show", id);
        Ran listed = tasks("list", "--state", "queued");
        CompletableFuture<Ran> watched = CompletableFuture.supplyAsync(() -> tasks("watch", id));
        child(
                "spark",
                "trainer",
                "--router",
                url,
                "--name",
                "with",
                "--spark-home",
                sparkHome().toString());
        Awaitility.await().atMost(PATIENCE).until(() -> task(id).has("finished_ms"));

        assertThat(behind.out()).as(behind.err()).contains("SUCCEEDED", "plain");
        assertThat(shown.out())
                .contains("QUEUED", "waits       no trainer with Spark is connected; start one with: foretell trainer");
        assertThat(listed.out()).contains("no trainer with Spark is connected").doesNotContain("start one with");
        assertThat(watched.join().err()).contains("FAILED");
        assertThat(task(id).path("trainer").asText()).isEqualTo("with");
        assertThat(task(id).path("attempts").asInt()).isEqualTo(1);
    }
}
