package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks in processes of their own: good ones, and such that break, hang or are cancelled. */
class TaskRunTest {
    private static final long PATIENCE = 120;
    private static final String TREE = "{\"target\":\"class\",\"algorithm\":\"decision-tree\"}";

    @TempDir
    private Path folder = Path.of("");

    private PlayedRouter router = router();

    private static PlayedRouter router() {
        try (InputStream table = Objects.requireNonNull(TaskRunTest.class.getResourceAsStream("/training/iris.csv"))) {
            return new PlayedRouter(table.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        router.close();
    }

    private CompletableFuture<Void> run(String parameters, long timeMs, List<String> command) {
        TrainerConfig config =
                new TrainerConfig(List.of(router.url()), "", "trainer-1", 1, folder.resolve("work"), command);
        return CompletableFuture.runAsync(() -> {
            try {
                new TaskRun(config, new RouterCalls(config.routers(), ""), PlayedRouter.claim(parameters, timeMs))
                        .run();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private JsonNode end(String parameters, long timeMs, List<String> command) throws Exception {
        run(parameters, timeMs, command).get(PATIENCE, TimeUnit.SECONDS);
        return router.finished().get(PATIENCE, TimeUnit.SECONDS);
    }

    /** In the place of Java. */
    private List<String> script(String text) throws IOException {
        Path script = folder.resolve("script");
        Files.writeString(script, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return List.of(script.toString());
    }

    @Test
    void aTreeIsTrainedInAProcessAndItsFileSent() throws Exception {
        JsonNode end = end(TREE, 100_000, TrainerConfig.ownJava());

        assertThat(end.path("outcome").asText()).as(end.toString()).isEqualTo("SUCCEEDED");
        assertThat(end.path("fence").asInt()).isEqualTo(3);
        assertThat(end.path("model").asText()).isEqualTo("m");
        assertThat(end.at("/result/metrics/accuracy").asDouble()).isGreaterThan(0.85);
        assertThat(end.at("/result/sample/sepal_length/0/0").asDouble()).isEqualTo(5.1);
        assertThat(router.model()).isNotEmpty();
        assertThat(router.log()).anyMatch(line -> line.startsWith("accuracy "));
        assertThat(left()).isEmpty();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("work"))) {
            return all.toList();
        }
    }

    @Test
    void whatCannotBeTrainedFailsWithTheSentence() throws Exception {
        JsonNode end = end(TREE.replace("class", "nope"), 100_000, TrainerConfig.ownJava());

        assertThat(end.path("outcome").asText()).isEqualTo("FAILED");
        assertThat(end.path("error").asText()).startsWith("The target, 'nope', is not a column of the table");
    }

    @Test
    void aProcessThatBreaksFailsWithItsLastOutput() throws Exception {
        JsonNode end = end(TREE, 100_000, script("echo first; echo last words >&2; exit 7"));

        assertThat(end.path("error").asText())
                .isEqualTo("its process ended with exit code 7; its last output:\nfirst\nlast words");
    }

    @Test
    void aProcessOutOfMemoryFailsWithItsLimit() throws Exception {
        assertThat(end(TREE, 100_000, script("exit 3")).path("error").asText())
                .isEqualTo("it needs more memory than its limit of 64 MiB");
    }

    @Test
    void aProcessThatHangsIsEndedAtItsLimit() throws Exception {
        JsonNode end = end(TREE, 1000, script("echo begun; sleep 1000"));

        assertThat(end.path("error").asText())
                .isEqualTo("it ran longer than its limit of 1 s; its last output:\nbegun");
    }

    @Test
    void aCancelledTaskEndsWithAllThatItsProcessStarted() throws Exception {
        Path pid = folder.resolve("pid");
        CompletableFuture<Void> run = run(
                TREE,
                100_000,
                script("sleep 1000 & echo $! > " + pid + ".part; mv " + pid + ".part " + pid + "; wait"));
        Awaitility.await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> Files.exists(pid));
        router.cancel();
        run.get(PATIENCE, TimeUnit.SECONDS);

        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .ifPresent(left -> assertThat(left.onExit().orTimeout(PATIENCE, TimeUnit.SECONDS))
                        .succeedsWithin(Duration.ofSeconds(PATIENCE)));
        assertThat(router.finished()).isNotDone();
    }

    @Test
    void ofEndlessOutputOnlyTheEndIsKept() throws Exception {
        JsonNode end = end(TREE, 100_000, script("seq 1 200000; exit 1"));

        assertThat(end.path("error").asText()).endsWith("199999\n200000");
        assertThat(router.log()).contains("200000").hasSizeLessThan(100_000);
    }

    @Test
    void anEndThatNoRouterTakesNoteOfIsToldAgain() throws Exception {
        router.finishWith(503);
        JsonNode end = end(TREE, 100_000, script("exit 7"));

        assertThat(end.path("outcome").asText()).isEqualTo("FAILED");
    }
}
