package dev.foretell.pages;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Runs the steps of one page in one folder. A server that the page starts at the port of an earlier one takes its place, as if
 * the reader had pressed Ctrl-C there.
 */
final class PageRun implements AutoCloseable {
    private final Path folder;
    private final Terminal terminal;
    private final Ports ports = new Ports();
    private final Map<String, Server> atPorts = new TreeMap<>();
    private final Deque<Server> servers = new ArrayDeque<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private boolean hasBackground;

    PageRun(Path folder) throws IOException {
        this.folder = folder;
        this.terminal = new Terminal(folder);
    }

    /** @throws AssertionError that names the page and the line, if a step is not as the page says */
    void run(Page page) throws Exception {
        for (Step step : page.steps()) {
            try {
                run(step);
            } catch (AssertionError | Exception e) {
                throw new AssertionError(
                        page.name() + ":" + step.line() + ": " + step.command() + "\n" + e.getMessage(), e);
            }
        }
    }

    private void run(Step step) throws IOException, InterruptedException {
        if (Server.isServer(step.command())) {
            expect(step.output().isEmpty(), "goes on: a page cannot show its output");
            start(step.command());
        } else if (Server.isBackground(step.command())) {
            startInBackground(step);
        } else {
            check(step, terminal.type(ports.replace(step.command())));
        }
    }

    private void startInBackground(Step step) throws IOException, InterruptedException {
        makeRoom(Ports.ROUTER);
        hasBackground = true;
        Terminal.Said said = terminal.type(Ports.background(step.command()));
        check(step, said);
        begin(Server.port(said.out()));
    }

    private static void check(Step step, Terminal.Said said) {
        String all = "exit code " + said.exitCode() + "\n" + said.out() + said.err();
        if (step.refusal().isPresent()) {
            String status = "error: " + step.refusal().getAsInt();
            expect(said.exitCode() != 0 && said.err().contains(status), "is not refused with that status: " + all);
        } else {
            expect(said.exitCode() == 0, "fails: " + all);
        }
        expect(step.shows(said.out()), "prints something else than the page shows: " + all);
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private void start(String command) throws IOException, InterruptedException {
        String written = Ports.written(command);
        makeRoom(written);
        Server server = Server.start(folder, ports.free(command));
        servers.push(server);
        int port = server.port();
        if (!written.equals("0")) {
            atPorts.put(written, server);
            ports.put(written, port);
        }
        if (Server.isRouter(command)) {
            begin(port);
        } else if (command.contains("--router") && port != 0) {
            until(() -> isReady(port));
        }
    }

    private void makeRoom(String written) {
        if (atPorts.containsKey(written)) {
            atPorts.remove(written).close();
        }
    }

    /** The commands that follow are for the router at this port. */
    private void begin(int router) throws IOException, InterruptedException {
        ports.put(Ports.ROUTER, router);
        terminal.type("export FORETELL_ROUTER=" + ports.router());
        until(() -> get("/readyz").statusCode() == 200);
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    /** Whether the router sends calls to a worker at that port; asked at a route that needs no token. */
    private boolean isReady(int port) throws IOException, InterruptedException {
        JsonNode workers = Json.readTree(get("/elb-healthcheck").body()).path("Alive_info");
        return workers.properties().stream()
                .anyMatch(worker -> worker.getKey().contains("-" + port + "-")
                        && worker.getValue().path("state").asText().equals("READY"));
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(ports.router() + path)).build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        if (hasBackground) {
            stopBackground();
        }
        terminal.close();
        servers.forEach(Server::close); // the last first: workers leave while their router is there
    }

    /** Also where the page has failed before it does so. */
    private void stopBackground() {
        try {
            terminal.type("cd '" + folder + "' && ./foretell router stop");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("the router in the background does not stop", e);
        }
    }
}
