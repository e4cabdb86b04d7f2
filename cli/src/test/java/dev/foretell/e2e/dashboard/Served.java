package dev.foretell.e2e.dashboard;

import static dev.foretell.e2e.dashboard.Browser.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.e2e.Child;
import dev.foretell.e2e.Http;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A router with a worker and a model host, as processes, and its dashboard in a browser. */
final class Served implements AutoCloseable {
    private final Path folder;
    private final List<Child> others = new ArrayList<>();
    private final Browser browser;
    private final Child worker;
    private Child router;

    /** @param settings more flags of the router */
    Served(Path folder, String... settings) {
        this.folder = folder;
        this.router = router(0, settings);
        this.browser = openBrowser();
        this.worker = worker("fib=dev.foretell.examples.Fib::predict");
    }

    private Browser openBrowser() {
        try {
            return Browser.at(router.url());
        } catch (RuntimeException e) {
            router.close(); // nobody else knows of it
            throw e;
        }
    }

    private Child router(int port, String... settings) {
        List<String> flags = new ArrayList<>(List.of(
                "router",
                "--port",
                Integer.toString(port),
                "--data",
                folder.toString(),
                "--set",
                "http.drain-delay=0s",
                "--set",
                "health.interval=500ms"));
        flags.addAll(List.of(settings));
        return Child.foretell(flags.toArray(String[]::new));
    }

    Browser browser() {
        return browser;
    }

    String url() {
        return router.url();
    }

    /** The port of the worker of {@code fib}. */
    int workerPort() {
        return worker.port();
    }

    /** One more worker of these functions, of the type AI. */
    Child worker(String... functions) {
        List<String> flags = new ArrayList<>(List.of("worker"));
        flags.addAll(List.of(functions));
        flags.addAll(List.of("-b", "127.0.0.1:0", "--router", url(), "--type", "AI"));
        return kept(Child.foretell(flags.toArray(String[]::new)));
    }

    /** A host for model files. */
    void startHost() {
        kept(Child.foretell("host", "--router", url(), "-b", "127.0.0.1:0"));
        awaitHost();
    }

    /** Until the host can inspect and serve files. */
    void awaitHost() {
        eventually()
                .until(() -> Http.post(url() + "/v1/hosts_model/predict", """
                    {"modelId":"identity","data":{"item":1}}\
                    """).status() == 200);
    }

    private Child kept(Child child) {
        others.add(child);
        return child;
    }

    JsonNode get(String path) {
        return Http.get(url() + path).json();
    }

    void killRouter() {
        router.kill();
    }

    /** Starts a router where the last one was, with its data. */
    void startRouter() {
        router = router(router.port());
        eventually().until(() -> Http.get(url() + "/readyz").status() == 200);
    }

    @Override
    public void close() {
        browser.close();
        others.forEach(Child::close);
        router.close();
    }
}
