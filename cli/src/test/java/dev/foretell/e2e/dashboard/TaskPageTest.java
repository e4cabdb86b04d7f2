package dev.foretell.e2e.dashboard;

import static dev.foretell.e2e.dashboard.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.e2e.Http;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a training task, with a trainer that the test plays. */
class TaskPageTest {
    private static final String DATA = "\"data\": {\"columns\": [\"x\", \"y\"], \"rows\": [[1, 2], [2, 4], [3, 6]]}";

    @TempDir
    static Path folder;

    private static Served served;
    private static Browser browser;

    @BeforeAll
    static void start() {
        served = new Served(
                folder.resolve("router"), "--set", "tasks.trainer=false", "--set", "training.spark-home=" + folder);
        browser = served.browser();
        eventually().until(() -> Http.get(served.url() + "/readyz").status() == 200);
    }

    @AfterAll
    static void stop() {
        if (served != null) {
            served.close();
        }
    }

    @AfterEach
    void nothingIsWrong() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static String queue(String order) {
        JsonNode task = Http.post(served.url() + "/v1/tasks", "{" + order + ", " + DATA + "}")
                .json();
        assertThat(task.path("id").asText()).as(task.toString()).isNotEmpty();
        return task.path("id").asText();
    }

    @Test
    void aSearchShowsHowFarItIsAndWhoHelpsWithHowManyTrials() {
        String id = queue("\"kind\": \"automl\", \"parameters\": {\"target\": \"y\"}");
        JsonNode claimed =
                Http.post(served.url() + "/v1/trainers/trainer-1/claim", "{}").json();
        String told = """
                {"fence": %d, "progress": {"done": 0.25, "step": "generation 1 of 4", "left_ms": 90000,
                 "helped": {"trainer-2": 31, "trainer-3": 1}}}""";
        String path = served.url() + "/v1/trainers/trainer-1/tasks/" + id + "/heartbeat";
        int heard =
                Http.post(path, told.formatted(claimed.path("fence").asLong())).status();
        browser.open("tasks/" + id);
        browser.awaitText("trainer-2 (trials: 31), trainer-3 (trials: 1)");

        assertThat(heard).isEqualTo(200);
        browser.awaitText("generation 1 of 4, 1 min 30 s left");
        assertThat(browser.script("return document.querySelector('progress').value"))
                .isEqualTo(0.25);
        browser.picture("task-helped");
    }

    @Test
    void aTaskThatNoTrainerCanRunSaysWhy() {
        String id =
                queue("\"parameters\": {\"target\": \"y\", \"algorithm\": \"decision-tree\", \"engine\": \"spark\"}");
        browser.open("tasks/" + id);
        browser.awaitText("no trainer with Spark is connected; start one with: foretell trainer");
        browser.open("tasks");
        browser.awaitText("no trainer with Spark is connected");
    }
}
