package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One pipeline in a process of its own that is killed while it validates. */
class TrainingProcessTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MEMORY_MB = 256;

    @TempDir
    private Path folder = Path.of("");

    private static ObjectNode order(String target, int seed) {
        ObjectNode task = Json.MAPPER.createObjectNode().put("kind", "train");
        ObjectNode parameters = task.putObject("parameters");
        parameters
                .put("target", target)
                .put("algorithm", "random-forest")
                .put("folds", 10)
                .put("seed", seed);
        parameters.putObject("parameters").put("trees", 100);
        return task;
    }

    private TaskProcess start(String name, String table, ObjectNode task, TaskOutput output) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        Files.write(own.resolve(TaskFolder.TASK), Json.write(task));
        try (InputStream rows = Tables.resource(table)) {
            Files.copy(rows, own.resolve(TaskFolder.DATA));
        }
        return TaskProcess.start(TaskPriority.LOW, TrainerConfig.ownJava(), own, MEMORY_MB, output);
    }

    private JsonNode end(String name, String table, ObjectNode task, TaskOutput output) throws Exception {
        TaskProcess process = start(name, table, task, output);
        try {
            assertThat(process.await(PATIENCE)).isTrue();
            assertThat(process.exitCode()).as(output.lastWords()).isZero();
        } finally {
            process.kill();
        }
        return Json.readTree(Files.readAllBytes(folder.resolve(name).resolve(TaskFolder.RESULT)));
    }

    private String checkpointOfKilled(String table, ObjectNode task) throws Exception {
        TaskOutput output = new TaskOutput();
        TaskProcess process = start("killed", table, task, output);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> output.checkpoint() != null || process.await(Duration.ZERO));
        assertThat(output.checkpoint()).as(output.lastWords()).isNotNull();
        process.kill();
        assertThat(process.await(PATIENCE)).isTrue();
        assertThat(folder.resolve("killed").resolve(TaskFolder.RESULT)).doesNotExist();
        return String.valueOf(output.checkpoint());
    }

    @ParameterizedTest
    @CsvSource({"iris.csv, class", "diabetes.csv, progression"})
    void thatIsKilledGoesOnAfterItsFoldsAndEndsTheSame(String table, String target) throws Exception {
        String checkpoint = checkpointOfKilled(table, order(target, 1));
        TaskOutput output = new TaskOutput();
        JsonNode resumed = end("resumed", table, order(target, 1).put("checkpoint", checkpoint), output);
        JsonNode whole = end("whole", table, order(target, 1), new TaskOutput());

        assertThat(output.lastWords())
                .contains("goes on after "
                        + Json.MAPPER.readTree(checkpoint).path("folds").asInt() + " folds of an earlier trainer");
        assertThat(resumed).isEqualTo(whole);
        assertThat(folder.resolve("resumed").resolve(TaskFolder.MODEL))
                .hasSameBinaryContentAs(folder.resolve("whole").resolve(TaskFolder.MODEL));
    }

    @ParameterizedTest
    @CsvSource({"iris.csv, class"})
    void ofAnotherOrderValidatesAllFolds(String table, String target) throws Exception {
        String checkpoint = checkpointOfKilled(table, order(target, 1));
        TaskOutput output = new TaskOutput();
        end("other", table, order(target, 2).put("checkpoint", checkpoint), output);

        assertThat(output.lastWords()).doesNotContain("goes on after").contains("over 10 folds");
    }
}
