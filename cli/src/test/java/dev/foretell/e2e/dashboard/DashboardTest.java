package dev.foretell.e2e.dashboard;

import static dev.foretell.e2e.dashboard.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.e2e.Http;
import dev.foretell.examples.models.ExampleModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What an operator does with the dashboard. No test leaves an error in the console, or asks another server. */
class DashboardTest {
    @TempDir
    static Path folder;

    private static Served served;
    private static Browser browser;

    @BeforeAll
    static void start() {
        served = new Served(folder.resolve("router"));
        browser = served.browser();
        eventually().until(() -> Http.predict(served.url(), "fib", 10).status() == 200);
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
        assertThat(browser.asked()).isSubsetOf(Set.of(served.url().substring("http://".length())));
    }

    @Test
    void theOverviewShowsCallsAsTheyCome() {
        browser.open("");
        browser.awaitText("live");
        browser.script("window.kept = true");

        eventually().untilAsserted(() -> {
            IntStream.range(0, 20).forEach(n -> Http.predict(served.url(), "fib", 10));
            assertThat(browser.all(".cards b").get(0).getText()).isNotEqualTo("0");
        });

        assertThat(browser.script("return window.kept")).isEqualTo(true);
        assertThat(browser.all(".chart svg path").size()).isEqualTo(6);
        browser.picture("overview");
    }

    @Test
    void aWorkerIsRegisteredByHandAndCalledByItsForm() {
        browser.open("workers");
        browser.click("Register a worker by hand");
        browser.fill("Model", "by-hand");
        browser.fill("Port", Integer.toString(served.workerPort()));
        browser.fill("Function, if it has several", "fib");
        browser.click("Register a worker of AI/by-hand");
        String said = browser.confirm("Register");

        assertThat(said).contains("curl -X PUT " + served.url() + "/v1/model_workers_map", "foretell routes put -");
        browser.awaitText("AI/by-hand");
        eventually().until(() -> Http.predict(served.url(), "by-hand", 10).status() == 200);

        browser.open("try/AI/by-hand");
        browser.fill("n", "10");
        browser.click("Predict");

        eventually()
                .untilAsserted(
                        () -> assertThat(browser.all(".answer-number").get(0).getText())
                                .isEqualTo("89"));
        assertThat(browser.text())
                .contains(
                        "curl " + served.url() + "/v1/AI_model/by-hand/predict -d '{\"n\":10}'",
                        "requests.post(",
                        "HttpRequest.newBuilder(");
        browser.picture("try-it");
    }

    @Test
    void aFileIsUploadedSplitPromotedAndRolledBack() throws Exception {
        served.startHost();
        Path file = Files.write(folder.resolve("petals.onnx"), ExampleModels.iris());
        browser.open("models");
        for (int version = 1; version <= 2; version++) {
            browser.choose("[type=file]", file);
            browser.click("Upload");
            browser.awaitText("Version " + version + " is registered.");
        }

        browser.open("models/AI/petals");
        eventually().until(() -> browser.field("Share of version 2 in percent") != null);
        for (int i = 0; i < 10; i++) {
            browser.field("Share of version 2 in percent").sendKeys(Keys.ARROW_RIGHT);
            assertThat(shares()).isEqualTo(100);
        }
        browser.click("Split the calls of petals");
        String said = browser.confirm("Split");

        assertThat(said).contains("foretell models split petals 1=90 2=10");
        assertThat(weights()).isEqualTo("{\"1\":90,\"2\":10}");
        browser.picture("model");

        browser.click("Promote version 2 of petals");
        browser.confirm("Promote");
        assertThat(weights()).isEqualTo("{\"2\":100}");

        browser.click("Roll back petals to version 1");
        browser.confirm("Roll back");
        assertThat(weights()).isEqualTo("{\"1\":100}");
    }

    private static int shares() {
        return browser.all(".share output").stream()
                .mapToInt(share -> Integer.parseInt(share.getText().replace(" %", "")))
                .sum();
    }

    private static String weights() {
        return served.get("/v1/models/petals/traffic").path("weights").toString();
    }

    @Test
    void aWorkerIsDrainedAndUndrained() {
        String id =
                served.worker("spare=dev.foretell.examples.Fib::predict").url().replaceFirst(".*:", "127.0.0.1-")
                        + "-0";
        browser.open("workers?search=" + id);
        browser.click("Drain " + id);
        String said = browser.confirm("Drain");

        assertThat(said).contains("foretell routes drain " + id);
        browser.awaitText("DRAINING");
        assertThat(state(id)).isEqualTo("DRAINING");
        browser.picture("workers");

        browser.click("Undrain " + id);
        browser.confirm("Undrain");
        eventually().untilAsserted(() -> assertThat(state(id)).isEqualTo("READY"));
    }

    private static String state(String id) {
        return served.get("/v1/workers/" + id).path("state").asText();
    }

    @Test
    void aTaskIsCancelledAndQueuedAgain() {
        JsonNode task = Http.post(served.url() + "/v1/tasks", """
            {"kind": "automl", "name": "long-search", "parameters": {"target": "y", "generations": 500, "folds": 5},
             "data": {"columns": ["x", "y"], "rows": [[1, 2], [2, 4], [3, 6], [4, 8], [5, 10], [6, 12], [7, 14], [8, 16],
             [9, 18], [10, 20], [11, 22], [12, 24]]}}\
            """).json();
        String path = "/v1/tasks/" + task.path("id").asText();
        browser.open("tasks");
        browser.click("Cancel long-search");
        String said = browser.confirm("Cancel");

        assertThat(said).contains("foretell tasks cancel " + task.path("id").asText());
        assertThat(served.get(path).path("state").asText()).isEqualTo("CANCELLED");

        browser.open("tasks/" + task.path("id").asText());
        browser.awaitText("CANCELLED");
        browser.click("Retry long-search");
        browser.confirm("Retry");
        browser.awaitText("Leaderboard");
        assertThat(served.get(path).path("state").asText()).isIn(List.of("QUEUED", "RUNNING"));
        browser.click("Cancel long-search");
        browser.confirm("Cancel");
        browser.awaitText("CANCELLED");
    }

    @Test
    void aNewWorkerAndWhatWasDoneAppearByThemselves() {
        browser.open("workers");
        browser.awaitText("AI/fib");
        browser.script("window.kept = true");

        served.worker("newcomer=dev.foretell.examples.Fib::predict");
        browser.awaitText("AI/newcomer");
        browser.open("events?search=newcomer");
        browser.awaitText("newcomer");

        assertThat(browser.script("return window.kept")).isEqualTo(true);
        browser.picture("events");
    }
}
