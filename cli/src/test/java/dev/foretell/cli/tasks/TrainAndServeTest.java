package dev.foretell.cli.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.Ran;
import dev.foretell.cli.child.Child;
import dev.foretell.cli.client.RouterHttp;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From a table to a call of the model: a router, a model host and trainers, each a process, as are the tasks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainAndServeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String IRIS = Path.of("..", "examples", "iris.csv").toString();

    @TempDir
    private static Path folder = Path.of("");

    private final Deque<Child> processes = new ArrayDeque<>();
    private final List<Child> trainers = new ArrayList<>();
    private String url = "";

    @BeforeAll
    void start() throws Exception {
        url = child(
                        "router",
                        List.of(
                                "router",
                                "--port",
                                "0",
                                "--data",
                                folder.resolve("data").toString(),
                                "--set",
                                "tasks.lease=3s",
                                "--set",
                                "tasks.trainer=false"))
                .url();
        child("host", List.of("host", "--router", url, "-b", "127.0.0.1:0")).url();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> new RouterHttp(url).get("/readyz").isOk());
    }

    private Child child(String name, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--exit-with-parent");
        Child child = Child.start(name, all, folder.resolve(name + "-" + processes.size() + ".log"));
        processes.push(child);
        return child;
    }

    private Child trainer() throws IOException {
        Child trainer =
                child("trainer", List.of("trainer", "--router", url, "--places", "1", "--data", folder.toString()));
        trainers.add(trainer);
        return trainer;
    }

    @AfterEach
    void stopTrainers() {
        trainers.forEach(Child::kill);
        trainers.clear();
    }

    @AfterAll
    void stop() {
        processes.forEach(Child::close);
    }

    private Ran foretell(String... arguments) {
        List<String> all = new ArrayList<>(List.of("tasks"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--router", url));
        return Ran.foretell(all.toArray(String[]::new));
    }

    private JsonNode task(String id) {
        return new RouterHttp(url).get("/v1/tasks/" + id).orFail().json();
    }

    private void awaitState(String id, String state) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> task(id).path("state").asText().equals(state) || task(id).has("finished_ms"));
        assertThat(task(id).path("state").asText()).as(task(id).toString()).isEqualTo(state);
    }

    @Test
    void aTableBecomesAModelThatIsCalled() throws Exception {
        trainer();
        Ran ran = foretell(
                "run", "--data", IRIS, "--target", "species", "--algorithm", "decision-tree", "--serve", "iris");

        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("SUCCEEDED", "accuracy=0.9", "served      iris:1", "\"setosa\"");
        JsonNode version =
                new RouterHttp(url).get("/v1/models/iris/versions/1").orFail().json();
        assertThat(version.at("/provenance/task").asText()).isNotEmpty();
        assertThat(version.at("/provenance/metrics").asText()).contains("accuracy");
        assertThat(version.path("state").asText()).isEqualTo("SERVING");
    }

    @Test
    void theBestOfASearchAnswerTogether() throws Exception {
        trainer();
        List<String> arguments = new ArrayList<>(List.of("run", "--data", IRIS, "--target", "species", "--automl"));
        arguments.addAll(List.of("--generations", "1", "--population-size", "8", "--keep", "3", "--folds", "3"));
        arguments.addAll(List.of("--serve", "flowers", "--ensemble", "flowers-best"));
        Ran ran = foretell(arguments.toArray(String[]::new));
        JsonNode versions =
                new RouterHttp(url).get("/v1/models/flowers").orFail().json().path("versions");
        String row = "[{\"sepal_length\":5.1,\"sepal_width\":3.5,\"petal_length\":1.4,\"petal_width\":0.2}]";
        JsonNode answer = new RouterHttp(url)
                .post("/v1/AI_model/flowers-best/predict", row)
                .orFail()
                .json();

        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("ensemble    flowers-best of flowers:1, flowers:2, flowers:3");
        assertThat(versions).hasSize(3);
        assertThat(versions.findValuesAsText("rank")).containsExactlyInAnyOrder("2", "3");
        assertThat(answer.at("/label/0").asText()).as(answer.toString()).isEqualTo("setosa");
        assertThat(answer.at("/probabilities/0")).hasSize(3);
    }

    /** The clock cuts it, and its helper is killed in a trial: the same again with one trainer has the same leaderboard and model. */
    @Test
    void aSearchThatAnotherTrainerHelpedWithIsTheSameWithoutIt() throws Exception {
        trainer();
        trainer();
        JsonNode search = helpedSearch();
        for (Child trainer : trainers) {
            if (!search.path("trainer").asText().endsWith("-" + trainer.pid())) {
                trainer.kill();
            }
        }
        String id = search.path("id").asText();
        awaitState(id, "SUCCEEDED");
        Ran replay = foretell("replay", id);

        assertThat(foretell("show", id).out()).containsPattern("helped by   \\S+ with \\d+ trial");
        assertThat(task(id).at("/result/search/cut/trials").asInt()).isPositive();
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
        assertThat(replay.out()).contains("the same: leaderboard and model after");
    }

    /** A search as soon as it has been helped; a slow machine needs more time for that. */
    private JsonNode helpedSearch() {
        List<String> arguments = new ArrayList<>(List.of("run", "--data", IRIS, "--target", "species", "--automl"));
        arguments.addAll(List.of("--generations", "500", "--detach", "--time-limit"));
        for (int seconds : new int[] {6, 12, 24, 48, 96}) {
            List<String> limited = new ArrayList<>(arguments);
            limited.add(String.valueOf(seconds));
            String id = foretell(limited.toArray(String[]::new)).out().strip();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> task(id).at("/progress/helped").isObject() || task(id).has("finished_ms"));
            if (!task(id).has("finished_ms")) {
                return task(id);
            }
        }
        throw new AssertionError("Nobody helped with a search of 96 s");
    }

    @Test
    void aSearchServesOnlyIfItIsBetter() throws Exception {
        trainer();
        List<String> baseline = new ArrayList<>(List.of("run", "--data", IRIS, "--target", "species"));
        baseline.addAll(List.of("--algorithm", "baseline", "--serve", "searched"));
        List<String> search = new ArrayList<>(List.of("run", "--data", IRIS, "--target", "species", "--automl"));
        search.addAll(List.of("--generations", "1", "--population-size", "8", "--folds", "3", "--serve", "searched"));
        search.addAll(List.of("--as", "promote", "--if-better-on", "accuracy"));
        Ran first = foretell(baseline.toArray(String[]::new));
        Ran better = foretell(search.toArray(String[]::new));
        Ran again = foretell(search.toArray(String[]::new));

        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        assertThat(better.out())
                .as(better.err())
                .contains(
                        "served      searched:2, 100 % of its calls",
                        "compared    accuracy 0.9", " of searched:1, on 30 rows");
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).contains("not served  accuracy ").contains("of searched:2");
    }

    /** As a project of its own does: a class in a package, compiled against the trainer's jar alone, in a jar with its model. */
    @Test
    void codeInAJarOfItsOwnProjectIsTrainedServedAndCalled() throws Exception {
        trainer();
        Ran trained = foretell(
                "run", "--data", IRIS, "--target", "species", "--algorithm", "decision-tree", "--name", "for the jar");
        Path model = folder.resolve("packed.onnx");
        foretell("download", trained.out().substring(0, 14), "-o", model.toString());
        stopTrainers();
        trainers.add(child(
                "trainer",
                List.of(
                        "trainer",
                        "--router",
                        url,
                        "--places",
                        "1",
                        "--data",
                        folder.toString(),
                        "--jars",
                        TrainJar.build(folder.resolve("project"), model).toString())));
        List<String> arguments = new ArrayList<>(List.of("code", "--class", "com.acme.Packed", "--data", IRIS));
        arguments.addAll(List.of("--param", "unit=cm", "--serve", "packed"));
        Ran ran = foretell(arguments.toArray(String[]::new));
        String row = "[{\"sepal_length\":5.1,\"sepal_width\":3.5,\"petal_length\":1.4,\"petal_width\":0.2}]";
        JsonNode answer = new RouterHttp(url)
                .post("/v1/AI_model/packed/predict", row)
                .orFail()
                .json();

        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("metrics     rows=150", "served      packed:1");
        assertThat(answer.at("/label/0").asText()).as(answer.toString()).isEqualTo("setosa");
        assertThat(new RouterHttp(url)
                        .get("/v1/models/packed/versions/1")
                        .orFail()
                        .json()
                        .at("/provenance/software")
                        .asText())
                .contains("com.acme.Packed");
    }

    @Test
    void aModelIsTrainedAgainAndServesOnlyIfItIsBetter() throws Exception {
        trainer();
        Ran first = iris("baseline");
        Ran better = iris("decision-tree", "--as", "promote", "--if-better-on", "accuracy");
        Ran again = Ran.foretell("models", "retrain", "again", "--if-better-on", "accuracy", "--router", url);
        Ran newer = Ran.foretell("models", "retrain", "again", "--data", IRIS, "--as", "canary", "--router", url);

        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        assertThat(better.out())
                .as(better.err())
                .contains("served      again:2", "compared    accuracy 0.9", " of again:1, on 30 rows");
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(again.out()).contains("not served  accuracy 0.9").contains("of again:2");
        assertThat(newer.out()).as(newer.err()).contains("served      again:3");
        assertThat(Ran.foretell("models", "show", "again", "--router", url).out())
                .contains("version 2 comes from: ", "target", "replaces=1", "canary: version=3");
    }

    private Ran iris(String algorithm, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--data", IRIS, "--target", "species"));
        arguments.addAll(List.of("--algorithm", algorithm, "--serve", "again"));
        arguments.addAll(List.of(more));
        return foretell(arguments.toArray(String[]::new));
    }

    @Test
    void aTrainerThatStopsGivesItsTaskToTheNextAtOnce() throws Exception {
        Child first = trainer();
        String id = foretell(
                        "run",
                        "--data",
                        largeTable().toString(),
                        "--target",
                        "y",
                        "--algorithm",
                        "decision-tree",
                        "--detach")
                .out()
                .strip();
        awaitState(id, "RUNNING");
        first.close();
        JsonNode given = task(id);
        foretell("cancel", id);

        assertThat(given.path("state").asText()).as(given.toString()).isEqualTo("QUEUED");
        assertThat(given.path("attempts").asInt()).isZero();
        assertThat(given.path("error").asText()).endsWith(" stopped");
    }

    @Test
    void aTrainerThatIsKilledLeavesItsTaskAndItsFoldsToTheNextAndTakesItsProcessWithIt() throws Exception {
        Child first = trainer();
        Ran queued = foretell(
                "run",
                "--data",
                largeTable().toString(),
                "--target",
                "y",
                "--algorithm",
                "decision-tree",
                "--folds",
                "100", // so that it lasts, also on a fast machine
                "--serve",
                "large",
                "--detach");
        String id = queued.out().strip();
        awaitState(id, "RUNNING");
        ProcessHandle trainer = ProcessHandle.of(first.pid()).orElseThrow();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> task(id).at("/progress/step").asText().matches("validates: [1-9][0-9]* of .*"));
        List<ProcessHandle> tree = trainer.descendants().toList();
        first.kill();
        trainer();
        awaitState(id, "SUCCEEDED");

        Awaitility.await().atMost(PATIENCE).until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
        Awaitility.await().atMost(PATIENCE).until(() -> taskFolders().isEmpty());
        assertThat(task(id).path("attempts").asInt()).isEqualTo(2);
        assertThat(new RouterHttp(url).get("/v1/models/large").orFail().json().path("versions"))
                .hasSize(1);
        assertThat(foretell("log", id).out()).containsPattern("goes on after [1-9][0-9]* folds of an earlier trainer");
    }

    private static List<String> taskFolders() {
        return files(folder.toFile(), "trainer-")
                .flatMap(trainer -> files(trainer, "task-"))
                .map(File::getName)
                .toList();
    }

    /** None of a folder that is gone. */
    private static Stream<File> files(File folder, String prefix) {
        return Stream.ofNullable(folder.listFiles((all, name) -> name.startsWith(prefix)))
                .flatMap(Stream::of);
    }

    @Test
    void aCancelledTaskEndsItsProcess() throws Exception {
        Child one = trainer();
        String id = foretell(
                        "run",
                        "--data",
                        largeTable().toString(),
                        "--target",
                        "y",
                        "--algorithm",
                        "decision-tree",
                        "--detach")
                .out()
                .strip();
        ProcessHandle trainer = ProcessHandle.of(one.pid()).orElseThrow();
        Awaitility.await().atMost(PATIENCE).until(() -> trainer.descendants().count() > 0);
        Ran cancelled = foretell("cancel", id);

        assertThat(cancelled.out()).contains("CANCELLED");
        Awaitility.await().atMost(PATIENCE).until(() -> trainer.descendants().count() == 0);
        assertThat(foretell("list", "--state", "cancelled").out()).contains(id);
        assertThat(foretell("retry", id).out()).contains("QUEUED");
        assertThat(foretell("cancel", id).exitCode()).isZero();
        assertThat(foretell("rm", id).exitCode()).isZero();
        assertThat(foretell("show", id).exitCode()).isEqualTo(1);
    }

    @Test
    void whatCannotBeTrainedIsToldInASentence() throws Exception {
        trainer();
        Ran refused = foretell("run", "--data", IRIS, "--target", "colour", "--algorithm", "decision-tree");
        Ran failed = foretell("run", "--data", IRIS, "--target", "species", "--algorithm", "linear-regression");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("the target 'colour' is not a column of the table");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).contains("FAILED", "'linear-regression' is not for classification");
    }

    @Test
    void aTableIsReadAsTheOptionsSayAndItsModelDownloaded() throws Exception {
        trainer();
        StringBuilder table = new StringBuilder("id;age;churn\n");
        for (int row = 0; row < 60; row++) {
            table.append("u")
                    .append(row)
                    .append(';')
                    .append(row % 30)
                    .append(';')
                    .append(row % 30 / 15)
                    .append('\n');
        }
        Path data = Files.writeString(folder.resolve("churn.csv"), table);
        List<String> arguments = new ArrayList<>(List.of("run", "--data", data.toString(), "--separator", ";"));
        arguments.addAll(List.of("--target", "churn", "--category", "churn", "--ignore", "id", "--folds", "3"));
        arguments.addAll(List.of("--algorithm", "logistic-regression"));
        Ran ran = foretell(arguments.toArray(String[]::new));
        String id = ran.out().substring(0, 14);
        Path file = folder.resolve("churn.onnx");
        Ran downloaded = foretell("download", id, "-o", file.toString());

        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("accuracy=", "model       ", "foretell tasks download " + id);
        assertThat(task(id).at("/result/folds").asInt()).isEqualTo(3);
        assertThat(downloaded.exitCode()).as(downloaded.err()).isZero();
        assertThat(Files.size(file))
                .isEqualTo(task(id).at("/result/model/bytes").asLong());
    }

    @Test
    void aRefusalNamesTheOption() {
        Ran folds = baseline("--folds", "1");
        Ran time = baseline("--time", "999999");

        assertThat(folds.err()).contains("--folds must be a whole number from 2 to 100");
        assertThat(time.err()).contains("--time in milliseconds must be a whole number from 1000 to ");
    }

    private Ran baseline(String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--data", IRIS, "--target", "species"));
        arguments.addAll(List.of("--algorithm", "baseline"));
        arguments.addAll(List.of(more));
        return foretell(arguments.toArray(String[]::new));
    }

    @Test
    void whoInterruptsTheCommandIsToldThatTheTaskGoesOn() throws Exception {
        Path log = folder.resolve("interrupted.log");
        List<String> arguments = new ArrayList<>(List.of("tasks", "run", "--data", IRIS, "--target", "species"));
        arguments.addAll(List.of("--algorithm", "baseline", "--router", url));
        Child command = Child.start("command", arguments, log);
        Awaitility.await().atMost(PATIENCE).until(() -> Files.readString(log).contains("QUEUED"));
        command.close();
        Matcher told = Pattern.compile(
                        "Task (\\w{14}) goes on without this command: foretell tasks watch \\1 .*cancel \\1")
                .matcher(Files.readString(log));

        assertThat(told.find()).as(Files.readString(log)).isTrue();
        assertThat(task(told.group(1)).path("state").asText()).isEqualTo("QUEUED");
        assertThat(foretell("cancel", told.group(1)).exitCode()).isZero();
    }

    /** Training on it takes some seconds. */
    private static Path largeTable() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("a,b,c,d,e,f,y\n");
        for (int row = 0; row < 30_000; row++) {
            for (int column = 0; column < 6; column++) {
                text.append("0.").append(random.nextInt(1_000)).append(',');
            }
            text.append(random.nextBoolean() ? "yes" : "no").append('\n');
        }
        return Files.writeString(folder.resolve("large.csv"), text);
    }
}
