package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.Description.Operation;
import dev.foretell.router.LiveRouter.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each operation that the description has, asked rightly and wrongly: whatever is answered is described. */
class OpenApiWalkTest {
    private static final String TOKEN = "sesame-open";
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");
    private static final String IRIS = "/v1/models/iris";

    /** Without a success of their own: there is but one repository, and one address only leads to another. */
    private static final Set<String> UNSUPPORTED =
            Set.of("oipOther", "oipOtherLoad", "oipOtherUnload", "openDashboard");

    @RegisterExtension
    static final LiveRouter open = LiveRouter.with(
            "http.max-body-bytes", "20000", "models.max-bytes", "30000", "training.allow-source", "true");

    @RegisterExtension
    static final LiveRouter guarded = LiveRouter.with("http.token", TOKEN);

    private static FakeHost host;
    private static FakeWorker function;

    @BeforeAll
    static void serve() {
        host = FlowersAndCats.at(open);
        function = open.worker(call -> call.answer(200, "2")).serves("predict");
    }

    @TestFactory
    Stream<DynamicTest> walk() {
        return Description.operations().stream()
                .map(operation ->
                        DynamicTest.dynamicTest(operation.method() + " " + operation.path(), () -> walk(operation)));
    }

    private static void walk(Operation operation) {
        stage();
        if (operation.id().startsWith("trainClassifier")) {
            try (LiveTasks.PlayedTrainer trainer = LiveTasks.PlayedTrainer.at(open)) {
                ask(operation);
            }
        } else {
            ask(operation);
        }
    }

    /** A stream ends by itself only where it is told to. */
    private static String ending(Operation operation, String query) {
        return operation.id().equals("watchDashboard") && !query.contains("once")
                ? (query.isEmpty() ? "?" : query + "&") + "once=true"
                : query;
    }

    private static void ask(Operation operation) {
        Map<String, String> there = there(operation);
        String body = operation.body();
        Answer right = ask(open, operation, there, body, operation.query(), "Content-Type", operation.type());
        if (!UNSUPPORTED.contains(operation.id())) {
            assertThat(right.status()).as(right.toString()).isBetween(200, 299);
        }
        ask(guarded, operation, there, body, "");
        ask(open, operation, notThere(), body, "");
        ask(open, operation, there, body, "", "Origin", "http://elsewhere.example");
        for (String header :
                List.of("X-Request-Timeout-Ms", "X-Priority", "Inference-Header-Content-Length", "Range")) {
            ask(open, operation, there, body, "", header, "-");
        }
        for (String wrong : List.of("", "{", "[]", "null", """
                {"a":1}""", "\u0000", "x".repeat(40_000))) {
            ask(open, operation, there, wrong, "");
            ask(open, operation, there, wrong, "", "Content-Type", "text/nonsense");
        }
        for (String query :
                List.of("?mode=x", "?wait=x", "?force=x", "?model-type=nosuch", "?labels=x", "?version=x", "?x=%ff")) {
            ask(open, operation, there, body, query);
        }
        if (operation.path().startsWith("/v1/") && !operation.path().endsWith("/predict")) {
            Answer misspelt = ask(open, operation, there, body, "?nosuch=x");
            assertThat(misspelt.status()).as(misspelt.toString()).isEqualTo(422);
        }
    }

    /** A host, a function, and the model iris with three versions, the first of which takes all calls. */
    private static void stage() {
        open.replace("""
                {"hosts":{"onnx":[%s]},"AI":{"fib":[%s]},"expert":{"m1":[%s]}}""".formatted(host.entry(), function.entry(), function.entry()));
        open.delete("/v1/workers/" + function.id() + "/drain");
        if (!open.get(IRIS).json().path("versions").findValuesAsText("version").equals(List.of("1", "2", "3"))) {
            open.delete(IRIS + "?force=true");
            Stream.of("one", "two", "three").forEach(file -> is(201, open.post(IRIS + "/versions", file)));
        }
        if (open.get("/v1/models/decisiontree").status() == 404) {
            is(201, open.post("/v1/models/decisiontree/versions", "one"));
        }
        open.post("/v2/repository/models/iris/load", "");
        is(200, open.post(IRIS + "/promote", """
                {"version":1}"""));
        is(200, open.put(IRIS + "/aliases/prod", """
                {"target":1}"""));
        is(200, open.put("/v1/ensembles/mix", "{\"merge\":\"mean\",\"members\":[\"fib\"]}"));
        Awaitility.await().until(() -> open.get("/v2/health/ready").status() == 200);
    }

    private static void is(int status, Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    /** Names of what there is, by the parameters that stand for them. */
    private static Map<String, String> there(Operation operation) {
        String digest = open.get(IRIS + "/versions/2").json().path("digest").asText();
        String model = operation.path().startsWith("/v2/") ? "iris" : "fib";
        String name = operation.path().startsWith("/api/") ? "iris.onnx" : "iris";
        Map<String, String> names = new HashMap<>(Map.of("type", "AI", "model", model, "name", name));
        names.putAll(Map.of("version", "2", "alias", "prod", "digest", digest));
        names.putAll(Map.of("worker", function.id(), "repository", "other", "ensemble", "mix"));
        names.putAll(Map.of("expert", "m1", "classifier", "decision_tree", "tag", "t"));
        names.putAll(Map.of("folder", "js", "file", operation.path().contains("folder") ? "app.js" : "index.html"));
        names.putAll(Map.of("trainer", LiveTasks.TRAINER, "task", LiveTasks.taskFor(open, operation.id())));
        return names;
    }

    private static Map<String, String> notThere() {
        Map<String, String> names = new HashMap<>(Map.of("type", "NO", "model", "no", "name", "no", "version", "9"));
        names.putAll(Map.of("alias", "no", "digest", "0".repeat(64), "worker", "no-1-0", "repository", "no"));
        names.putAll(Map.of("expert", "no", "classifier", "no", "tag", "no", "folder", "no", "file", "no"));
        names.putAll(Map.of("ensemble", "no", "trainer", "no", "task", "0".repeat(14)));
        return names;
    }

    private static Answer ask(
            LiveRouter router,
            Operation operation,
            Map<String, String> names,
            String body,
            String query,
            String... headers) {
        String path = PARAMETER.matcher(operation.path()).replaceAll(name -> names.get(name.group(1)));
        return router.send(
                operation.method(),
                path + ending(operation, query),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                headers);
    }
}
