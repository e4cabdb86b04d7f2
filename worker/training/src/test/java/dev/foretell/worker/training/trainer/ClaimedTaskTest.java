package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks in processes of their own: good ones, and such that break, hang or are cancelled. */
class ClaimedTaskTest {
    private static final long PATIENCE = 120;
    private static final String TREE = "{\"target\":\"class\",\"algorithm\":\"decision-tree\"}";

    @TempDir
    private Path folder = Path.of("");

    private PlayedRouter router = router();

    private static PlayedRouter router() {
        try (InputStream table =
                Objects.requireNonNull(ClaimedTaskTest.class.getResourceAsStream("/training/iris.csv"))) {
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
        return run(parameters, timeMs, command, () -> false);
    }

    private CompletableFuture<Void> run(
            String parameters, long timeMs, List<String> command, BooleanSupplier isStopping) {
        TrainerConfig config =
                new TrainerConfig(List.of(router.url()), "", "trainer-1", 1, folder.resolve("work"), command);
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        new ClaimedTask(
                                        config,
                                        new RouterCalls(config.routers(), ""),
                                        router.claim(parameters, timeMs),
                                        config::places,
                                        isStopping)
                                .run();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                ClaimedTaskTest::onItsOwnThread);
    }

    /** The JDK's HTTP client completes its calls on the common pool, which has one thread here: a task must not hold it. */
    private static void onItsOwnThread(Runnable task) {
        Thread thread = new Thread(task, "place");
        thread.setDaemon(true);
        thread.start();
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
        assertThat(end.path("error").asText()).startsWith("the target 'nope' is not a column of the table");
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

    private static String source(String body) {
        return Json.writeText(Map.of(
                "source", """
                import dev.foretell.worker.training.code.*;
                import java.nio.file.*;
                public final class Mine implements TrainFunction {
                    @Override
                    public Path train(Training training) throws Exception {
                        %s
                    }
                }
                """.formatted(body),
                "parameters", Map.of("depth", 3)));
    }

    @Test
    void codeOfOnesOwnRunsInTheProcess() throws Exception {
        JsonNode end = end(source("""
                training.progress(0.5, "half");
                training.metric("lines", Files.readAllLines(training.table()).size());
                training.sample(java.util.Map.of("X", java.util.List.of(1)));
                String text = "depth " + training.parameters().get("depth") + " from " + training.checkpoint().get();
                return Files.writeString(training.folder().resolve("model"), text);"""), 100_000, TrainerConfig.ownJava());

        assertThat(end.path("outcome").asText()).as(end.toString()).isEqualTo("SUCCEEDED");
        assertThat(new String(router.model(), StandardCharsets.UTF_8)).isEqualTo("depth 3 from half\nway");
        assertThat(end.at("/result/metrics/lines").asInt()).isEqualTo(151);
        assertThat(end.at("/result/sample/X/0").asInt()).isEqualTo(1);
        assertThat(end.at("/result/provenance/software/code").asText()).isEqualTo("Mine");
        assertThat(left()).isEmpty();
    }

    @Test
    void codeThatFailsFailsItsTaskWithItsMessage() throws Exception {
        JsonNode end = end(source("throw new IllegalStateException(\"no luck\");"), 100_000, TrainerConfig.ownJava());

        assertThat(end.path("error").asText())
                .isEqualTo("the training code failed: java.lang.IllegalStateException: no luck");
        assertThat(router.log()).anyMatch(line -> line.contains("at Mine.train(Mine.java"));
    }

    /** The longest file that it may write is one block, so that its model does not fit. */
    @Test
    void aProcessThatCannotWriteItsFilesFailsWithTheReason() throws Exception {
        List<String> java = TrainerConfig.ownJava();
        JsonNode end = end(
                TREE,
                100_000,
                script("ulimit -f 1; exec '%s' -XX:-UsePerfData -cp '%s' \"$@\"".formatted(java.get(0), java.get(2))));

        assertThat(end.path("error").asText())
                .startsWith("its process could not write its files; its last output:\n")
                .endsWith("File too large");
    }

    @Test
    void aFullDiskUnderATrainerFailsTheTaskWithTheReason() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("work"));
        assumeTrue(mount(disk) == 0, "may mount a small disk");
        try {
            fill(disk.resolve("filler"));
            JsonNode end = end(TREE, 100_000, TrainerConfig.ownJava());

            assertThat(end.path("error").asText())
                    .startsWith("the trainer could not run the task: No space left on device");
        } finally {
            new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
        }
    }

    private static int mount(Path disk) throws Exception {
        try {
            return new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString())
                    .start()
                    .waitFor();
        } catch (IOException noMount) {
            return 1;
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 1000; i++) {
                out.write(new byte[4096]);
            }
            throw new AssertionError("the disk is not full");
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    /** The stream of the table leaves the thread interrupted from Java 20 on; before, the interruption may come late. */
    @Test
    void aTrainerThatStopsWhileItFetchesTheTableGivesItsTaskBack() throws Exception {
        CompletableFuture<Void> place = run(TREE, 100_000, List.of("not run"), () -> {
            Thread.currentThread().interrupt();
            return true;
        });

        assertThat(router.given().get(PATIENCE, TimeUnit.SECONDS).path("fence").asInt())
                .isEqualTo(3);
        assertThat(place).failsWithin(Duration.ofSeconds(PATIENCE));
        assertThat(left()).isEmpty();
    }

    /** The last word of the process reaches the router with a heartbeat, and its checkpoint with it. */
    @Test
    void aTrainerThatStopsGivesItsTaskBackWithItsCheckpoint() throws Exception {
        TrainerConfig config = new TrainerConfig(
                List.of(router.url()),
                "",
                "trainer-1",
                1,
                folder.resolve("work"),
                script("echo 'foretell:checkpoint half'; echo line; sleep 1000"));
        Thread place = new Thread(() -> {
            try {
                new ClaimedTask(
                                config,
                                new RouterCalls(config.routers(), ""),
                                router.claim(TREE, 100_000),
                                config::places,
                                () -> false)
                        .run();
            } catch (IOException | InterruptedException stopped) {
                // As it should.
            }
        });
        place.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(PATIENCE))
                .until(() -> router.log().contains("line"));
        place.interrupt();
        JsonNode given = router.given().get(PATIENCE, TimeUnit.SECONDS);
        place.join(Duration.ofSeconds(PATIENCE).toMillis());

        assertThat(given.path("fence").asInt()).isEqualTo(3);
        assertThat(given.path("checkpoint").asText()).isEqualTo("half");
        assertThat(place.isAlive()).isFalse();
        assertThat(left()).isEmpty();
        assertThat(router.finished()).isNotDone();
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
    void aTableThatBreaksOffIsFetchedAgain() throws Exception {
        router.hangUpAtData();

        assertThat(end(TREE, 100_000, script("cp data.csv model.onnx; echo '{}' > result.json"))
                        .path("outcome")
                        .asText())
                .isEqualTo("SUCCEEDED");
        assertThat(new String(router.model(), StandardCharsets.UTF_8))
                .startsWith("sepal")
                .hasSizeGreaterThan(1000);
    }

    @Test
    void aModelThatCannotBeServedWaitsInWordsAndOnlyForTheTimeOfTheTask() throws Exception {
        String why = "no model host is available to inspect the file; start one: foretell host --router URL";
        router.servesNothing(why);
        JsonNode end = end(TREE, 3000, script("echo model > model.onnx; echo '{}' > result.json"));

        assertThat(end.path("error").asText()).startsWith("the model was trained, but is not served: " + why);
        assertThat(router.steps()).contains("waits: " + why);
        assertThat(router.log()).contains("waits: " + why);
    }

    @Test
    void aRegressionOnTwoWholeNumbersTellsHowToLearnClasses() throws Exception {
        router.close();
        router = new PlayedRouter("x,churn\n1,0\n2,1\n3,0\n4,1\n5,1\n6,0\n".getBytes(StandardCharsets.UTF_8));
        String order = "{\"target\":\"churn\",\"algorithm\":\"decision-tree\",\"folds\":2}";
        JsonNode numbers = end(order, 100_000, TrainerConfig.ownJava());

        assertThat(numbers.at("/result/hint").asText())
                .as(numbers.toString())
                .startsWith("the target 'churn' has 2 different whole numbers")
                .endsWith("(parameters.categories, --category churn)");
    }

    @Test
    void numbersThatAreNamesOfClassesAreLearnedAsClasses() throws Exception {
        router.close();
        router = new PlayedRouter("x,churn\n1,0\n2,1\n3,0\n4,1\n5,1\n6,0\n".getBytes(StandardCharsets.UTF_8));
        String order = "{\"target\":\"churn\",\"algorithm\":\"logistic-regression\",\"folds\":2";
        JsonNode classes = end(order + ",\"categories\":[\"churn\"]}", 100_000, TrainerConfig.ownJava());

        assertThat(classes.at("/result/metrics").has("accuracy"))
                .as(classes.toString())
                .isTrue();
        assertThat(classes.at("/result").has("hint")).isFalse();
    }

    /** The lease is over soon for whoever says the same again. */
    @Test
    void aReportThatTheRouterRefusesIsLeftOut() throws Exception {
        Path seen = folder.resolve("seen");
        CompletableFuture<Void> run = run(
                TREE,
                100_000,
                script("printf 'foretell:progress {\"step\":\"%020000d\"}\\nline\\n' 1; while [ ! -e " + seen
                        + " ]; do sleep 0.1; done; exit 7"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(PATIENCE))
                .until(() -> router.refusals().size() == 2 && router.log().size() > 1);
        Files.createFile(seen);
        run.get(PATIENCE, TimeUnit.SECONDS);

        assertThat(router.refusals()).containsExactly("progress", "progress");
        assertThat(router.log()).contains("(a report to the router was left out: progress is too long)");
        assertThat(router.finished().get().path("error").asText()).contains("exit code 7");
    }

    @Test
    void aLogOfLongLinesIsNoReportThatTheRouterRefuses() throws Exception {
        JsonNode end = end(TREE, 100_000, script("""
                line=$(printf 'é%.0s' $(seq 1 1900))
                for i in $(seq 1 1200); do echo "$i $line"; done
                exit 7"""));

        assertThat(end.path("error").asText()).contains("exit code 7");
        assertThat(router.refusals()).isEmpty();
        assertThat(router.log()).anyMatch(line -> line.startsWith("1200 é"));
    }

    @Test
    void aResultThatTheRouterRefusesFailsTheTaskInWords() throws Exception {
        JsonNode end = end(
                TREE, 100_000, script("echo model > model.onnx; printf '{\"sample\":\"%0300000d\"}' 1 > result.json"));

        assertThat(end.path("outcome").asText()).isEqualTo("FAILED");
        assertThat(end.path("error").asText()).isEqualTo("the router does not take its result: result is too long");
    }

    @Test
    void anEndThatNoRouterTakesNoteOfIsToldAgain() throws Exception {
        router.finishWith(503);
        JsonNode end = end(TREE, 100_000, script("exit 7"));

        assertThat(end.path("outcome").asText()).isEqualTo("FAILED");
    }
}
