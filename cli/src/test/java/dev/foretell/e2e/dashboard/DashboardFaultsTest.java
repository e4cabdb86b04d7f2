package dev.foretell.e2e.dashboard;

import static dev.foretell.e2e.dashboard.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.foretell.e2e.Http;
import dev.foretell.examples.models.ExampleModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard does with texts that mean harm, with what is too long, and with what breaks off. */
class DashboardFaultsTest {
    private static final int LONG = 4_000_000;
    private static final int SLOW = 400_000; // bytes a second: ten seconds for the file

    @TempDir
    static Path folder;

    private static Served served;
    private static Browser browser;

    @BeforeAll
    static void start() {
        served = new Served(folder.resolve("router"));
        browser = served.browser();
        served.worker(
                "dev.foretell.e2e.dashboard.Markup::say",
                "dev.foretell.e2e.dashboard.Markup::refuse",
                "dev.foretell.e2e.dashboard.Markup::longText",
                "dev.foretell.e2e.dashboard.Markup::curve");
        eventually()
                .until(() -> Http.post(served.url() + "/v1/AI_model/say/predict", "{\"word\":\"\"}")
                                .status()
                        == 200);
    }

    @AfterAll
    static void stop() {
        if (served != null) {
            served.close();
        }
    }

    private static void call(String model, String field, String text) {
        browser.open("try/AI/" + model);
        browser.fill(field, text);
        browser.click("Predict");
    }

    @Test
    void markupOfAWorkerIsText() {
        call("say", "word", "answered");
        browser.awaitText(Markup.SCRIPT.replace("\"", "\\\"") + "answered");
        call("refuse", "word", "refused");
        browser.awaitText("422");
        browser.awaitText("<img src=x");

        assertThat(Http.put(served.url() + "/v1/ensembles/loud", """
            {"merge": "first", "members": ["say"], "description": "<img src=x onerror='document.body.dataset.hit=1'>"}\
            """).status()).isEqualTo(200);
        browser.open("models/AI/loud");
        browser.awaitText("<img src=x onerror='document.body.dataset.hit=1'>");
        browser.open("events?search=loud");
        browser.awaitText("loud");
        browser.open("models?search=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E");
        browser.awaitText("No model fits this search.");

        assertThat(browser.all("main img")).isEmpty();
        assertThat(browser.script("return document.body.dataset.hit ?? 'no'")).isEqualTo("no");
    }

    @Test
    void aModelWithAMarkupNameIsRefusedInWords() throws Exception {
        Path file = Files.write(folder.resolve("named.onnx"), ExampleModels.iris());
        browser.open("models");
        browser.choose("[type=file]", file);
        browser.fill("Name", "<img src=x onerror=alert(1)>");
        browser.click("Upload");

        eventually()
                .untilAsserted(() -> assertThat(browser.all("form.drop .wrong")).isNotEmpty());
        assertThat(browser.all("form.drop .wrong").get(0).getText()).contains("the model's name", "letters");
        assertThat(browser.field("Name").getDomProperty("value")).isEqualTo("<img src=x onerror=alert(1)>");
    }

    @Test
    void anAnswerOfTenMegabytesIsCutAndDoesNotFreezeThePage() {
        call("longText", "n", "7");
        browser.awaitText("10 MB");

        browser.awaitText("The download has all.");
        assertThat(browser.text().length()).isLessThan(40_000);
        assertThat((Long) browser.script("const began = performance.now(); location.hash = '#/models'; return"
                        + " Math.round(performance.now() - began)"))
                .isLessThan(1000);
        browser.awaitText("AI/say");
    }

    @Test
    void aListOfNumbersIsAPlot() {
        call("curve", "n", "100");

        eventually().until(() -> browser.all(".answer .chart path").size() == 1);
        assertThat(browser.all(".answer [role=img]").get(0).getAttribute("aria-label"))
                .contains("Answer as a plot");
    }

    @Test
    void anUploadThatBreaksOffHalfWayKeepsItsMessageAndItsFile() throws Exception {
        served.startHost();
        Path file = Files.write(folder.resolve("broken.onnx"), withLongDescription(ExampleModels.iris()));
        browser.open("models");
        browser.choose("[type=file]", file);
        browser.fill("What it is for", "flowers");
        browser.slowUploads(SLOW);
        try {
            browser.click("Upload");
            browser.awaitText(" of 4 MB");
            served.killRouter();

            eventually()
                    .untilAsserted(
                            () -> assertThat(browser.all("form.drop .wrong")).isNotEmpty());
            assertThat(browser.all("form.drop .wrong").get(0).getText())
                    .contains("broke off after", "of 4 MB", "Nothing is registered");
            assertThat(browser.field("What it is for").getDomProperty("value")).isEqualTo("flowers");
        } finally {
            browser.slowUploads(-1);
            served.startRouter();
        }
        assertThat(Http.get(served.url() + "/v1/models/broken").status()).isEqualTo(404);

        served.awaitHost();
        browser.click("Upload");
        browser.awaitText("Version 1 is registered.");
    }

    /** Messages of protobuf may be appended to: field 6 of a model is what it says of itself. */
    private static byte[] withLongDescription(byte[] model) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(model);
        all.write(6 << 3 | 2);
        for (int rest = LONG; rest > 0; rest >>>= 7) {
            all.write(rest > 127 ? rest & 127 | 128 : rest);
        }
        all.writeBytes("x".repeat(LONG).getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    @Test
    void aPageOfAnotherOriginReadsAndChangesNothing() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            byte[] page = """
                <!doctype html><title>waiting</title><script type="module">
                const router = '%s';
                const tries = [
                  fetch(router + '/v1/dashboard/overview').then(r => r.text()),
                  fetch(router + '/v1/events').then(r => r.text()),
                  fetch(router + '/v1/workers/127.0.0.1-%s-0/drain', {method: 'POST', mode: 'no-cors'}).then(() => fetch(router + '/v1/workers')),
                  fetch(router + '/v1/model_workers_map/AI/fib', {method: 'DELETE'}),
                  new Promise((open, error) => Object.assign(new EventSource(router + '/v1/dashboard/stream'), {onopen: open, onerror: error})),
                ];
                const ends = await Promise.allSettled(tries);
                document.title = ends.map(end => end.status).join(' ');
                </script>\
                """.formatted(served.url(), served.workerPort()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        other.start();
        try {
            browser.load("http://localhost:" + other.getAddress().getPort() + "/");
            eventually()
                    .untilAsserted(() -> assertThat(browser.script("return document.title"))
                            .isEqualTo("rejected rejected rejected rejected rejected"));
        } finally {
            other.stop(0);
        }

        assertThat(Http.get(served.url() + "/v1/workers").body())
                .contains("AI/fib")
                .doesNotContain("DRAINING");
    }

    /** A browser has six connections to a router: a page that is not seen must not keep one for its stream. */
    @Test
    void tenPagesAtOnceAllShowTheirModels() {
        for (int page = 0; page < 10; page++) {
            browser.openInANewTab("models");
            browser.awaitText("AI/say");
            browser.awaitText("live");
        }

        browser.closeOtherTabs();
    }

    @Test
    void aPageThatWasNotSeenShowsWhatItMissed() {
        browser.open("events");
        browser.awaitText("live");
        browser.openInANewTab("models");
        browser.awaitText("AI/say");
        assertThat(Http.put(served.url() + "/v1/ensembles/unseen", """
            {"merge": "first", "members": ["say"]}\
            """).status())
                .isEqualTo(200);

        eventually()
                .until(() -> served.get("/v1/events?search=unseen").at("/items").size() > 0);

        browser.closeTab();

        browser.awaitText("unseen");
    }

    @Test
    void aRouterThatIsKilledIsMissedAndComesBackByItself() {
        browser.open("");
        browser.awaitText("live");
        browser.script("window.kept = true");

        served.killRouter();
        browser.awaitText("router away");
        browser.awaitText("foretell router status");
        served.startRouter();

        browser.awaitText("live");
        assertThat(browser.text()).doesNotContain("router away");
        assertThat(browser.script("return window.kept")).isEqualTo(true);
        eventually().until(() -> Http.predict(served.url(), "fib", 10).status() == 200);
    }
}
