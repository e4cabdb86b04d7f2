package dev.foretell.router;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.commons.json.Json;
import dev.foretell.edge.EventLoops;
import dev.foretell.router.admission.ModelLoad;
import dev.foretell.router.http.edge.Access;
import dev.foretell.router.models.ModelRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real router, with its own Redis in a temporary folder, for one test class; a plain HTTP client to it; and the workers
 * of one test, which end with the test. Where the class is {@link OnEveryTransport}, a router for each of them.
 */
final class LiveRouter
        implements BeforeAllCallback,
                AfterAllCallback,
                BeforeClassTemplateInvocationCallback,
                AfterClassTemplateInvocationCallback,
                AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static {
        Awaitility.setDefaultTimeout(PATIENCE);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }

    private final Map<String, String> settings = new HashMap<>();
    private final ConcurrentLinkedQueue<FakeWorker> workers = new ConcurrentLinkedQueue<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private volatile String file = "";
    private @Nullable RouterMain router;
    private @Nullable Path folder;

    private LiveRouter() {}

    /** A router that probes often, and bears with a machine that is slow; further settings by dotted key. */
    static LiveRouter with(String... keysAndValues) {
        LiveRouter live = new LiveRouter();
        live.settings.putAll(Map.of(
                "http.port", "0",
                "http.drain", "100ms",
                "redis.timeout", "10s",
                "health.interval", "100ms",
                "health.timeout", "3s"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            live.settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return live;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (!context.getRequiredTestClass().isAnnotationPresent(OnEveryTransport.class)) {
            open();
        }
    }

    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) throws IOException {
        on(Transports.of(context).orElseThrow()).open();
    }

    /** The transport of its event loops; to be called before it starts. */
    LiveRouter on(EventLoops transport) {
        settings.put("http.event-loops", transport.name().toLowerCase(Locale.ROOT));
        return this;
    }

    /** Starts it outside a test class's life; to be {@link #shut}. */
    void open() throws IOException {
        folder = Files.createTempDirectory("foretell-router");
        settings.put("redis.data", folder.toString());
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        workers.forEach(FakeWorker::close);
        workers.clear();
    }

    @Override
    public void afterClassTemplateInvocation(ExtensionContext context) throws IOException {
        shut();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        shut();
    }

    void shut() throws IOException {
        stop();
        Path data = folder;
        folder = null;
        if (data != null) {
            try (Stream<Path> files = Files.walk(data)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    /** Starts it, and waits until it is ready. */
    void start() {
        router = await(RouterMain.start(config(), this::config));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get("/readyz").status() == 200);
    }

    private RouterConfig config() {
        return ConfigLoader.load(RouterConfig.defaults(), file, Map.of(), settings);
    }

    /** What it finds in its file from now on. */
    void file(String yaml) {
        file = yaml;
    }

    void stop() {
        RouterMain running = router;
        if (running != null) {
            router = null;
            await(running.close());
        }
    }

    /** Tells it that it will have to stop. */
    void drain() {
        running().drain();
    }

    /** Begins to stop it: new calls are turned away for as long as there are connections. */
    CompletableFuture<Void> close() {
        return running().close(PATIENCE).toCompletionStage().toCompletableFuture();
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The URLs that it serves, as {@code GET /livez}, and whom each is for. */
    Map<String, Access> served() {
        return running().urls();
    }

    private RouterMain running() {
        RouterMain running = router;
        if (running == null) {
            throw new IllegalStateException("the router does not run");
        }
        return running;
    }

    int port() {
        return running().port();
    }

    ModelRegistry models() {
        return running().models();
    }

    /** The keys and sections that may change while it runs. */
    Set<String> liveSettings() {
        return running().settings().live();
    }

    /** How it stands with the limit of {@code AI/fib}; it has one once it was called. */
    ModelLoad load() {
        return running().admission().loads().stream()
                .filter(load -> load.model().toString().equals("AI/fib"))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until no call of {@code AI/fib} holds a place, those of the last test included. */
    void awaitIdle() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> running().admission().loads().stream()
                        .filter(load -> load.model().toString().equals("AI/fib"))
                        .allMatch(load -> load.inFlight() == 0));
    }

    void awaitWaiting(int calls) {
        Awaitility.await()
                .alias(calls + " calls wait")
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptions()
                .until(() -> load().waiting().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()
                        == calls);
    }

    Path folder() {
        Path data = folder;
        if (data == null) {
            throw new IllegalStateException("the router never ran");
        }
        return data;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    FakeWorker worker(FakeWorker.Script predicting) {
        FakeWorker worker = FakeWorker.start(predicting);
        workers.add(worker);
        return worker;
    }

    /** Makes these workers the only ones of the only model, {@code AI/fib}. */
    Answer serve(FakeWorker... fibWorkers) {
        return serve(Stream.of(fibWorkers).map(FakeWorker::entry).toArray(String[]::new));
    }

    /** Makes these the only workers of the only model, {@code AI/fib}. */
    Answer serve(String... entries) {
        return replace("""
                {"AI":{"fib":[%s]}}""".formatted(String.join(",", entries)));
    }

    Answer replace(String map) {
        Answer answer = put("/v1/model_workers_map?mode=replace", map);
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
        return answer;
    }

    Answer register(String map) {
        return put("/v1/model_workers_map", map);
    }

    /** The whole routing map, without spaces. */
    String map() {
        return get("/v1/model_workers_map").json().toString();
    }

    /** The workers of type AI, by id. */
    JsonNode workersOfAi() {
        return get("/v1/model_workers_map?model-type=AI").json();
    }

    void awaitState(FakeWorker worker, String state) {
        Awaitility.await()
                .alias(worker.id() + " " + state)
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        workersOfAi().path(worker.id()).path("state").asText().equals(state));
    }

    Answer predict(String... headers) {
        return predictBody("""
                {"modelId":"fib","data":{"n":2}}""", headers);
    }

    Answer predictBody(String body, String... headers) {
        return post("/v1/AI_model/predict", body, headers);
    }

    /** Predicts while the test goes on. */
    CompletableFuture<Answer> predictAsync() {
        return predictAsync("""
                {"n":2}""");
    }

    CompletableFuture<Answer> predictAsync(String data, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/v1/AI_model/predict")).POST(BodyPublishers.ofString("""
                        {"modelId":"fib","data":%s}""".formatted(data)));
        return http.sendAsync(
                        (headers.length == 0 ? request : request.headers(headers)).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .thenApply(Answer::of);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, BodyPublishers.ofString(body), headers);
    }

    Answer put(String path, String body, String... headers) {
        return send("PUT", path, BodyPublishers.ofString(body), headers);
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).method(method, body);
        try {
            Answer answer = Answer.of(http.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
            Description.check(method, path, answer.status(), answer.header("content-type"), answer.body());
            return answer;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path + " was not answered", e);
        }
    }

    /** What the router answered. */
    record Answer(int status, Map<String, List<String>> headers, String body) {
        static Answer of(HttpResponse<String> response) {
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        }

        JsonNode json() {
            return Json.readTree(body.getBytes(StandardCharsets.UTF_8));
        }

        /** The problem's code, empty where there is none. */
        String code() {
            return json().path("code").asText();
        }

        String detail() {
            return json().path("detail").asText();
        }

        /** A header's values joined, empty where it is absent. */
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .collect(Collectors.joining(", "));
        }
    }
}
