package dev.foretell.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's chromium, driven by what a person reads on the page. A test is skipped, loudly, where there is none. */
final class Browser implements AutoCloseable {
    private static final String MISSING =
            "NO BROWSER: the dashboard is not tested. apt-get install chromium chromium-driver, then run the tests"
                    + " again.";
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final ChromeDriver driver;
    private final String router;

    private Browser(ChromeDriver driver, String router) {
        this.driver = driver;
        this.router = router;
    }

    /** @param router the URL of the router whose dashboard is opened */
    static Browser at(String router) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium"));
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // tests run as root in CI
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--window-size=1280,900");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver"))
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options), router);
    }

    private static File program(String name) {
        Optional<File> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
        if (found.isEmpty()) {
            System.err.println(MISSING);
            abort(MISSING);
        }
        return found.orElseThrow();
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions();
    }

    /** Opens a view, such as {@code models/AI/iris}; a page that is open stays and goes there. */
    void open(String view) {
        String url = router + "/ui/#/" + view;
        if (driver.getCurrentUrl().startsWith(router + "/ui/")) {
            script("location.hash = arguments[0]", "#/" + view);
        } else {
            driver.get(url);
        }
        eventually()
                .until(() -> driver.getCurrentUrl().equals(url) && !all("h1").isEmpty());
    }

    void openInANewTab(String view) {
        driver.switchTo().newWindow(WindowType.TAB);
        open(view);
    }

    /** Goes back to another tab. */
    void closeTab() {
        driver.close();
        driver.switchTo().window(driver.getWindowHandles().iterator().next());
    }

    /** Stays on the tab that is open. */
    void closeOtherTabs() {
        String stays = driver.getWindowHandle();
        driver.getWindowHandles().stream()
                .filter(tab -> !tab.equals(stays))
                .forEach(tab -> driver.switchTo().window(tab).close());
        driver.switchTo().window(stays);
    }

    /** Opens any address afresh. */
    void load(String url) {
        driver.get(url);
    }

    void reload() {
        driver.navigate().refresh();
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Waits until the page has this text somewhere. */
    void awaitText(String text) {
        eventually().untilAsserted(() -> assertThat(text()).contains(text));
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Clicks what is named like this, in words or by its label: a button, a link, a summary. */
    void click(String name) {
        eventually().until(() -> {
            named(name).click();
            return true;
        });
    }

    private WebElement named(String name) {
        String said = "normalize-space()='" + name + "' or @aria-label='" + name + "'";
        String open = driver.findElements(By.cssSelector("dialog[open]")).isEmpty() ? "" : "//dialog[@open]";
        return driver.findElement(By.xpath(open + "//*[self::button or self::a or self::summary][" + said + "]"));
    }

    /** What the open dialog says; the button in it that is named like this is clicked, and the dialog is gone. */
    String confirm(String button) {
        eventually().until(() -> all("dialog[open]").size() == 1);
        String said = all("dialog[open]").get(0).getText();
        click(button);
        eventually()
                .untilAsserted(() -> assertThat(all("dialog[open]"))
                        .as(() -> all("dialog[open]").stream()
                                .map(WebElement::getText)
                                .collect(Collectors.joining()))
                        .isEmpty());
        return said;
    }

    /** Types into the field with this label in place of what it holds. */
    void fill(String label, String text) {
        eventually().until(() -> {
            WebElement field = field(label);
            field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
            return field.getDomProperty("value").equals(text);
        });
    }

    /** The field with this label: around it, before it, or in words that are not seen. */
    WebElement field(String label) {
        List<WebElement> exact = fields("='" + label + "'");
        return exact.isEmpty() ? fields("[starts-with(., '" + label + " ')]").get(0) : exact.get(0);
    }

    private List<WebElement> fields(String said) {
        String label = said.startsWith("=")
                ? "//label[normalize-space()" + said + "]"
                : "//label" + said.replace("(.,", "(normalize-space(),");
        String named = said.startsWith("=") ? "//*[@aria-label" + said + "] | " : "";
        return driver.findElements(By.xpath(named + label + "//input | //*[@id=" + label + "/@for]"));
    }

    /** Chooses a file, as the dialog of the system would. */
    void choose(String css, Path file) {
        eventually().until(() -> {
            all(css).get(0).sendKeys(file.toAbsolutePath().toString());
            return true;
        });
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(String.join("", keys)).perform();
    }

    /** The name of what has the keyboard. */
    String focused() {
        return (String)
                script("const e = document.activeElement; return e.getAttribute('aria-label') || e.textContent.trim()");
    }

    /** Presses Tab until what is named like this has the keyboard. */
    void tabTo(String name) {
        for (int i = 0; i < 200; i++) {
            if (focused().equals(name)) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("the keyboard does not reach " + name + "; last at " + focused());
    }

    Object script(String code, Object... arguments) {
        return driver.executeScript(code, arguments);
    }

    void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** A viewport of any width: a window has a least one. */
    void viewport(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", true));
    }

    void wholeWindow() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** @param scheme light or dark */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** @param bytesPerSecond of all uploads; -1 for as fast as can be */
    void slowUploads(int bytesPerSecond) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", bytesPerSecond));
    }

    /** What axe-core finds on the page as it is: rule, and where. */
    List<String> barriers() {
        script(axe());
        Object found = driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "axe.run(document, {resultTypes: ['violations']}).then(r => done(JSON.stringify(r.violations.map(v =>"
                + " v.id + ': ' + v.nodes.map(n => n.html).join(' ')))), e => done(JSON.stringify([String(e)])))");
        JsonNode violations = Json.readTree(String.valueOf(found).getBytes(StandardCharsets.UTF_8));
        return StreamSupport.stream(violations.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the console complains of, such as errors of scripts and of the content security policy, since the last time. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(org.openqa.selenium.logging.LogEntry::getMessage)
                .toList();
    }

    /** The authorities that the page has asked since the last time. */
    Set<String> asked() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> Json.readTree(entry.getMessage().getBytes(StandardCharsets.UTF_8))
                        .path("message"))
                .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
                .map(event ->
                        URI.create(event.at("/params/request/url").asText().replaceFirst("^(data|blob):.*", "$1:x")))
                .filter(url -> url.getAuthority() != null)
                .map(URI::getAuthority)
                .collect(Collectors.toSet());
    }

    /** Keeps a picture of the page. With -Dforetell.pictures it renews that of the documentation, where that has it. */
    void picture(String name) {
        Path shown = Path.of("..", "docs", "images", name + ".png");
        boolean renews = Boolean.getBoolean("foretell.pictures") && Files.exists(shown);
        try {
            Files.createDirectories(PICTURES);
            Files.write(renews ? shown : PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
