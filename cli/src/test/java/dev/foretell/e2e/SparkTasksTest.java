package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.Ran;
import dev.foretell.cli.client.RouterHttp;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that Spark's distribution runs, from the order to a call of the model: {@code mvn -Pspark verify}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "foretell.spark-home", matches = ".+")
class SparkTasksTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String HOME = System.getProperty("foretell.spark-home", "");
    private static final String IRIS = Path.of("..", "examples", "iris.csv").toString();
    private static final String NOBODY = "spark://127.0.0.1:1";

    @TempDir
    private static Path folder = Path.of("");

    private final Deque<Child> processes = new ArrayDeque<>();
    private @Nullable Child trainer;
    private List<String> trainerOptions = List.of();
    private String url = "";

    @BeforeAll
    void start() {
        url = child(
                        "router",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString(),
                        "--set",
                        "tasks.lease=3s",
                        "--set",
                        "tasks.trainer=false",
                        "--set",
                        "training.spark-home=" + HOME,
                        "--set",
                        "training.spark-masters=" + NOBODY)
                .url();
        child("host", "--router", url, "-b", "127.0.0.1:0").url();
        await().until(() -> new RouterHttp(url).get("/readyz").isOk());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }

    private Child child(String... arguments) {
        Child child = Child.foretell(arguments);
        processes.push(child);
        return child;
    }

    /** The only trainer there is; one that the last test left is kept if it is the same. */
    private Child onlyTrainer(String... options) {
        if (trainer == null || !trainerOptions.equals(List.of(options))) {
            killTrainer();
            trainerOptions = List.of(options);
            List<String> arguments = new ArrayList<>(List.of("trainer", "--router", url, "--places", "1"));
            arguments.addAll(List.of("--data", folder.resolve("work").toString()));
            arguments.addAll(trainerOptions);
            trainer = child(arguments.toArray(String[]::new));
        }
        return trainer;
    }

    private Child sparkTrainer() {
        return onlyTrainer("--spark-home", HOME);
    }

    private void killTrainer() {
        if (trainer != null) {
            trainer.kill();
            trainer = null;
        }
    }

    @AfterAll
    void stop() {
        processes.forEach(Child::close);
    }

    private Ran foretell(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("tasks", command, "--router", url));
        all.addAll(List.of(arguments));
        return Ran.foretell(all.toArray(String[]::new));
    }

    private Ran order(String table, String target, String algorithm, String... more) {
        List<String> all = new ArrayList<>(List.of("--data", table, "--target", target, "--algorithm", algorithm));
        all.addAll(List.of("--engine", "spark"));
        all.addAll(List.of(more));
        return foretell("run", all.toArray(String[]::new));
    }

    private JsonNode task(String id) {
        return new RouterHttp(url).get("/v1/tasks/" + id).orFail().json();
    }

    private void awaitStep(String id, String step) {
        await().until(() -> task(id).at("/progress/step").asText().startsWith(step) || task(id).has("finished_ms"));
        assertThat(task(id).path("state").asText()).as(task(id).toString()).isEqualTo("RUNNING");
    }

    @Test
    void aTaskOfAKilledTrainerIsTakenOverServedAndCalled() throws Exception {
        Child first = sparkTrainer();
        String id = order(IRIS, "species", "decision-tree", "--serve", "iris", "--detach")
                .out()
                .strip();
        awaitStep(id, "starts spark");
        List<ProcessHandle> tree =
                ProcessHandle.of(first.pid()).orElseThrow().descendants().toList();
        killTrainer();
        sparkTrainer();
        await().until(() -> task(id).has("finished_ms"));
        JsonNode answer = new RouterHttp(url)
                .post(
                        "/v1/AI_model/iris/predict",
                        "[{\"sepal_length\":5.1,\"sepal_width\":3.5,\"petal_length\":1.4,\"petal_width\":0.2}]")
                .orFail()
                .json();

        assertThat(task(id).path("state").asText()).as(task(id).toString()).isEqualTo("SUCCEEDED");
        assertThat(task(id).path("attempts").asInt()).isEqualTo(2);
        assertThat(task(id).at("/result/provenance/engine").asText()).isEqualTo("spark");
        assertThat(new RouterHttp(url).get("/v1/models/iris").orFail().json().path("versions"))
                .hasSize(1);
        assertThat(answer.at("/label/0").asText()).as(answer.toString()).isEqualTo("setosa");
        await().until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
        await().until(() -> taskFolders(folder.resolve("work")) == 0);
    }

    @Test
    void aCancelledTaskEndsWithAllThatItsProcessStarted() throws Exception {
        ProcessHandle trainer = ProcessHandle.of(sparkTrainer().pid()).orElseThrow();
        String id = order(endless(), "y", "gradient-boosting", "--param", "stages=1000", "--detach")
                .out()
                .strip();
        awaitStep(id, "validates: 0 of 1 part of 20000 rows, ");
        List<ProcessHandle> tree = trainer.descendants().toList();
        Ran cancelled = foretell("cancel", id);
        Path work = folder.resolve("work");

        assertThat(tree).isNotEmpty();
        assertThat(cancelled.out()).contains("CANCELLED");
        await().until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(trainer.isAlive()).isTrue();
        await().until(() -> trainer.descendants().count() == 0);
        await().until(() -> taskFolders(work) == 0);
    }

    /** The folders of tasks, each within that of its trainer; they come and go meanwhile. */
    private static long taskFolders(Path work) {
        return Stream.ofNullable(work.toFile().listFiles())
                .flatMap(Stream::of)
                .flatMap(trainer -> Stream.ofNullable(trainer.list()))
                .mapToLong(tasks -> tasks.length)
                .sum();
    }

    @Test
    void aTimeLimitFailsATaskInASentence() throws Exception {
        sparkTrainer();
        Ran ran = order(endless(), "y", "gradient-boosting", "--param", "stages=1000", "--time", "5");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("FAILED", "it ran longer than its limit of 5 s", "{\"stages\":1000}");
    }

    /** A thousand stages on it take many minutes. */
    private static String endless() throws Exception {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("a,b,c,y\n");
        for (int row = 0; row < 20_000; row++) {
            text.append(random.nextDouble())
                    .append(',')
                    .append(random.nextDouble())
                    .append(',');
            text.append(random.nextDouble())
                    .append(',')
                    .append(random.nextDouble())
                    .append('\n');
        }
        return Files.writeString(folder.resolve("endless.csv"), text).toString();
    }

    @Test
    void aMasterThatIsNotThereFailsATaskInASentence() {
        sparkTrainer();
        Ran ran = order(IRIS, "species", "decision-tree", "--master", NOBODY);

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("FAILED", "no Spark answers at " + NOBODY + " (Connection refused): start its master there");
    }

    @Test
    void aTaskWaitsForATrainerThatHasSpark() {
        onlyTrainer();
        String id = order(IRIS, "species", "decision-tree", "--detach").out().strip();
        await().until(() -> task(id).path("waits")
                .asText()
                .startsWith("no trainer with Spark is connected; start one with: foretell trainer"));
        sparkTrainer();
        await().until(() -> task(id).has("finished_ms"));

        assertThat(task(id).path("state").asText()).as(task(id).toString()).isEqualTo("SUCCEEDED");
        assertThat(task(id).path("attempts").asInt()).isEqualTo(1);
    }

    /** Without a start of Spark: by the router at the order, or by the process of the task as it reads the table. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                       | decision-tree     | the table is empty
            a,y\\n                                   | decision-tree     | The table has 0 rows: at least 5 are needed.
            x,z\\n1,2\\n                             | decision-tree     | the target 'y' is not a column of the table
            a,y\\n1,b\\n2,c,d\\n                     | decision-tree     | Line 3 has 3 values where the header has 2.
            a,y\\n1,b\\n2,b\\n3,b\\n4,b\\n5,b\\n     | decision-tree     | The target 'y' has one class alone, 'b'
            a,y\\n1,\u00e9\\n2,\u00e9\\n             | decision-tree     | The table is not UTF-8: line 2
            a,y\\n1,\\n2,c\\n3,d\\n4,b\\n5,c\\n      | decision-tree     | The target 'y' has no value in 1 row
            a,y\\n1,b\\n2,c\\n3,d\\n4,b\\n5,c\\n6,d\\n | gradient-boosting | has 3 classes, and Spark's gradient-boosting is for two
            """)
    void aBadTableFailsInASentence(@Nullable String table, String algorithm, String sentence) throws Exception {
        sparkTrainer();
        String text = table == null ? "" : table.replace("\\n", "\n");
        Charset charset = text.contains("\u00e9") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        Path file = Files.write(folder.resolve("bad.csv"), text.getBytes(charset));
        Ran ran = order(file.toString(), "y", algorithm, "--folds", "2");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out() + ran.err()).contains(sentence).doesNotContain("starts spark");
    }
}
