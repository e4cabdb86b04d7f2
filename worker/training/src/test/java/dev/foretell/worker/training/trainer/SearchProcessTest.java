package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.Tables;
import dev.foretell.worker.training.job.TaskFolder;
import dev.foretell.worker.training.job.TaskOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches in processes of their own, some of which are killed or run out of time. */
class SearchProcessTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MEMORY_MB = 256;

    @TempDir
    private Path folder = Path.of("");

    private static ObjectNode order(int generations, int places) {
        ObjectNode task = Json.MAPPER.createObjectNode().put("kind", "automl").put("places", places);
        task.putObject("parameters")
                .put("target", "class")
                .put("generations", generations)
                .put("populationSize", 8)
                .put("folds", 3)
                .put("keep", 2);
        task.putObject("limits").put("time_ms", PATIENCE.toMillis());
        return task;
    }

    /** The folder that a process has run in, or runs in. */
    private Path prepare(String name, ObjectNode task) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        Files.write(own.resolve(TaskFolder.TASK), Json.write(task));
        try (InputStream table = Tables.resource("iris.csv")) {
            Files.copy(table, own.resolve(TaskFolder.DATA));
        }
        return own;
    }

    private static TaskProcess start(Path own, TaskOutput output) throws IOException {
        return TaskProcess.start(TaskPriority.LOW, TrainerConfig.ownJava(), own, MEMORY_MB, output);
    }

    private Path end(String name, ObjectNode task, TaskOutput output) throws Exception {
        Path own = prepare(name, task);
        TaskProcess process = start(own, output);
        try {
            assertThat(process.await(PATIENCE)).isTrue();
            assertThat(process.exitCode()).as(output.lastWords()).isZero();
        } finally {
            process.kill();
        }
        return own;
    }

    private static JsonNode result(Path own) throws IOException {
        return Json.readTree(Files.readAllBytes(own.resolve(TaskFolder.RESULT)));
    }

    private static void assertSame(Path one, Path other) throws IOException {
        assertThat(result(one).path("leaderboard")).isEqualTo(result(other).path("leaderboard"));
        assertThat(result(one).path("search").path("trials"))
                .isEqualTo(result(other).path("search").path("trials"));
        assertThat(one.resolve(TaskFolder.MODEL)).hasSameBinaryContentAs(other.resolve(TaskFolder.MODEL));
        Path runnerUp = other.resolve(TaskFolder.runnerUp(0));
        if (Files.exists(runnerUp)) {
            assertThat(one.resolve(TaskFolder.runnerUp(0))).hasSameBinaryContentAs(runnerUp);
        } else {
            assertThat(one.resolve(TaskFolder.runnerUp(0))).doesNotExist();
        }
    }

    @Test
    void thatIsKilledGoesOnFromItsCheckpointAndEndsTheSame() throws Exception {
        Path killed = prepare("killed", order(3, 2));
        TaskOutput output = new TaskOutput();
        TaskProcess process = start(killed, output);
        Awaitility.await().atMost(PATIENCE).until(() -> output.checkpoint() != null);
        process.kill();
        assertThat(process.await(PATIENCE)).isTrue();
        TaskOutput second = new TaskOutput();
        Path resumed = end("resumed", order(3, 8).put("checkpoint", output.checkpoint()), second);

        assertThat(second.lastWords()).contains("goes on after");
        assertSame(resumed, end("whole", order(3, 1), new TaskOutput()));
    }

    @Test
    void thatRunsOutOfTimeDeliversTheBestSoFarAndIsTheSameAgain() throws Exception {
        Path cut = cut();
        int trials = result(cut).at("/search/cut/trials").asInt();
        ObjectNode again = order(700, 3);
        again.withObject("/parameters").put("trials", trials);

        assertThat(trials).isPositive();
        assertSame(end("again", again, new TaskOutput()), cut);
    }

    /** A search that its time limit cut; a slow machine needs more time for the first candidate. */
    private Path cut() throws Exception {
        for (int seconds : new int[] {4, 8, 16, 32, 64}) {
            ObjectNode task = order(700, 2);
            task.withObject("/parameters").put("timeLimit", seconds);
            Path own = prepare("cut-" + seconds, task);
            TaskProcess process = start(own, new TaskOutput());
            try {
                assertThat(process.await(PATIENCE)).isTrue();
                if (process.exitCode() == 0) {
                    return own;
                }
                assertThat(own.resolve(TaskFolder.ERROR)).content().contains("longer timeLimit");
            } finally {
                process.kill();
            }
        }
        throw new AssertionError("No candidate was tried within 64 s");
    }

    @Test
    void ofAnotherOrderDoesNotGoOnFromThatCheckpoint() throws Exception {
        TaskOutput output = new TaskOutput();
        end("first", order(1, 2), output);
        TaskOutput second = new TaskOutput();
        ObjectNode other = order(1, 2).put("checkpoint", output.checkpoint());
        other.withObject("/parameters").put("seed", 9);
        end("other", other, second);

        assertThat(second.lastWords()).doesNotContain("goes on after").contains("leads");
    }

    /** What a helper may say of the trials that are offered to it. */
    private static ObjectNode lies(JsonNode offer, double score) {
        ObjectNode line = Json.MAPPER.createObjectNode().put("places", 1).put("helping", 2);
        ArrayNode trials = line.putArray("trials");
        for (JsonNode open : offer) {
            JsonNode work = open.path("work");
            ArrayNode scores = trials.addObject()
                    .put("trial", open.path("trial").asInt())
                    .put("trainer", "liar")
                    .putObject("outcome")
                    .putArray("scores");
            IntStream.range(work.path("from").asInt(), work.path("to").asInt()).forEach(fold -> scores.add(score));
        }
        return line;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e300})
    void noModelIsChosenForScoresThatAHelperInvented(double score) throws Exception {
        Path own = prepare("lied", order(2, 1));
        TaskOutput output = new TaskOutput();
        TaskProcess process = start(own, output);
        try {
            while (!process.await(Duration.ofMillis(20))) {
                Optional.ofNullable(output.offer()).ifPresent(offer -> process.tell(lies(offer, score)));
            }
        } finally {
            process.kill();
        }

        assertThat(process.exitCode()).as(output.lastWords()).isZero();
        assertThat(output.takeLines())
                .anyMatch(line -> line.contains("the search begins anew, without helpers (they were [liar])"));
        assertSame(own, end("alone", order(2, 1), new TaskOutput()));
    }
}
