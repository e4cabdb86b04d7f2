package dev.foretell.e2e.dashboard;

import static dev.foretell.e2e.dashboard.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.e2e.Http;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Who can use the dashboard: without a mouse, on a phone, by a screen reader, in the dark, and who may only look. */
class DashboardAccessTest {
    private static final List<String> VIEWS = List.of(
            "",
            "models",
            "models/AI/fib",
            "models/AI/pair",
            "workers",
            "tasks",
            "ensembles",
            "events",
            "try/AI/fib",
            "try/AI/pair");

    @TempDir
    static Path folder;

    private static Served served;
    private static Browser browser;

    @BeforeAll
    static void start() {
        served = new Served(folder.resolve("router"));
        browser = served.browser();
        eventually().until(() -> Http.predict(served.url(), "fib", 10).status() == 200);
        assertThat(Http.put(served.url() + "/v1/ensembles/pair", """
            {"merge": "mean", "members": ["fib", {"model": "fib", "name": "again"}]}\
            """).status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        if (served != null) {
            served.close();
        }
    }

    /** Until nothing of it is loading. */
    private static void openWhole(String view) {
        browser.open(view);
        eventually().until(() -> browser.all("main [aria-busy=true]").isEmpty());
    }

    @Test
    void axeFindsNoBarrierInLightAndDark() {
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            for (String view : VIEWS) {
                openWhole(view);
                assertThat(browser.barriers()).as(scheme + " " + view).isEmpty();
            }
        }
        browser.open("workers");
        browser.picture("dark");
        browser.click("Drain 127.0.0.1-" + served.workerPort() + "-0");
        assertThat(browser.barriers()).as("dialog").isEmpty();
        browser.press(Keys.ESCAPE);
        browser.prefer("light");
    }

    @Test
    void aPhoneShowsEveryViewWithoutScrollingSideways() {
        browser.viewport(360, 740);
        try {
            for (String view : VIEWS) {
                openWhole(view);
                assertThat(browser.script("return document.documentElement.scrollWidth"))
                        .as(view)
                        .isEqualTo(360L);
            }
            openWhole("");
            browser.picture("phone");
        } finally {
            browser.wholeWindow();
        }
    }

    @Test
    void theKeyboardAloneDrainsAWorker() {
        String id = "127.0.0.1-" + served.workerPort() + "-0";
        browser.load(served.url() + "/ui/#/");
        browser.awaitText("live");

        browser.tabTo("Skip to the content");
        browser.tabTo("Workers");
        browser.press(Keys.ENTER);
        browser.awaitText(id);
        browser.tabTo("Drain " + id);
        browser.press(Keys.ENTER);
        eventually().until(() -> browser.all("dialog[open]").size() == 1);
        browser.press(Keys.ESCAPE);
        eventually().until(() -> browser.all("dialog").isEmpty());
        assertThat(browser.focused()).isEqualTo("Drain " + id);

        browser.press(Keys.ENTER);
        eventually().until(() -> browser.all("dialog[open]").size() == 1);
        browser.tabTo("Drain");
        browser.press(Keys.ENTER);
        browser.awaitText("DRAINING");
        assertThat(Http.predict(served.url(), "fib", 10).status()).isEqualTo(503);

        browser.tabTo("Undrain " + id);
        browser.press(Keys.ENTER);
        eventually().until(() -> browser.all("dialog[open]").size() == 1);
        browser.tabTo("Undrain");
        browser.press(Keys.ENTER);
        eventually().until(() -> Http.predict(served.url(), "fib", 10).status() == 200);
    }

    @Test
    void whoMayOnlyLookIsToldWhy() {
        try (Served closed = new Served(folder.resolve("closed"), "--set", "http.writes-from=10.9.8.0/24")) {
            closed.browser().open("workers");
            closed.browser().awaitText("read-only");
            closed.browser().click("Register a worker by hand");
            closed.browser().fill("Model", "new");
            closed.browser().fill("Port", "9");
            closed.browser().click("Register a worker of AI/new");

            eventually().until(() -> closed.browser().all("dialog[open]").size() == 1);
            assertThat(closed.browser().all("dialog[open]").get(0).getText())
                    .contains("You may look, not change", "http.writes-from");
            assertThat(closed.browser().all("dialog[open] footer button")).hasSize(1);
        }
    }

    @Test
    void aRouterWithATokenAsksForIt() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "a-secret-of-some-length");
        try (Served guarded = new Served(folder.resolve("guarded"), "--token-file", token.toString())) {
            guarded.browser().open("models");
            guarded.browser().fill("Token of the router", "a-secret-of-some-length");
            guarded.browser().click("Use this token");

            guarded.browser().awaitText("live");
            assertThat(guarded.browser().text()).doesNotContain("a-secret");
        }
    }
}
