package dev.foretell.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** What users of Fractal's ML Server type, and what they see: rows F1 to F9. */
class FractalTest {
    private static final String MODELS = "/api/v1/models";
    private static final String IRIS = MODELS + "/iris.onnx";
    private static final byte[] JPEG = {
        (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1
    };
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("cache.models.AI/kept.ttl", "60s");

    private final Curl curl = new Curl(router);

    @TestFactory
    Stream<DynamicTest> rows() {
        serve();
        return Stream.of(
                row("F1 greets and helps", this::greetsAndHelps),
                row("F1 gives a browser a page", this::givesABrowserAPage),
                row("F2 sends items to model hosts", this::sendsItemsToModelHosts),
                row("F3 lists models", this::listsModels),
                row("F4 describes a model", this::describesAModel),
                row("F5 uploads and deletes a model", this::uploadsAndDeletesAModel),
                row("F5 takes nothing but .onnx files", this::takesNothingButOnnxFiles),
                row("F5 replaces a model without a failed call", this::replacesAModelWithoutAFailedCall),
                row("F6 predicts by GET with a body, and by POST", this::predicts),
                row("F6 says what is missing", this::saysWhatIsMissing),
                row("F7 predicts from an image", this::predictsFromAnImage),
                row("F8 shows the state of each host", this::showsTheStateOfEachHost),
                row("F9 answers equal inputs from its cache", this::answersEqualInputsFromItsCache),
                row("F9 gives a model's file back", this::givesAModelsFileBack),
                row("F9 trains with a script and a data set", this::trainsWithAScript),
                row("F9 has a default version", this::hasADefaultVersion));
    }

    private void trainsWithAScript() {
        String train = "/api/v1/train/flowers/trained.onnx?script=public+class+Mine&parameters=%7B%22depth%22%3A3%7D";
        fails(router.post(train, "a,b\n"), 403, "Forbidden", "training.allow-source");
        router.file("""
                training:
                  allow-source: true
                """);
        router.post("/v1/config/reload", "");
        Answer queued = router.post(train, "a,b\n");
        isFine(queued);
        JsonNode task =
                router.get("/v1/tasks/" + queued.json().path("task").asText()).json();

        assertThat(task.path("kind").asText()).isEqualTo("code");
        assertThat(task.path("name").asText()).isEqualTo("flowers/trained");
        assertThat(task.at("/parameters/source").asText()).isEqualTo("public class Mine");
        assertThat(task.at("/parameters/parameters/depth").asInt()).isEqualTo(3);
        assertThat(task.at("/serve/as").asText()).isEqualTo("promote");
        fails(router.post("/api/v1/train/flowers/trained.onnx", "a,b\n"), 422, "Unprocessable Entity", "source");
    }

    private static DynamicTest row(String name, Executable test) {
        return DynamicTest.dynamicTest(name, test);
    }

    /** Two hosts, and models that they serve. */
    private static void serve() {
        FakeHost.serve(router, FlowersAndCats.at(router), FlowersAndCats.at(router));
        Curl curl = new Curl(router);
        for (String name : List.of("diabetes", "iris", "kept", "dog_model")) {
            isFine(curl.form("PUT", MODELS + "/" + name + ".onnx", "path", name + ".onnx", name.getBytes(UTF_8)));
        }
    }

    private static JsonNode status(Answer answer) {
        return answer.json().path("http_status");
    }

    private static void isFine(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(status(answer).path("code").asInt()).isEqualTo(200);
        assertThat(status(answer).path("name").asText()).isEqualTo("OK");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    private static void fails(Answer answer, int code, String name, String words) {
        assertThat(answer.status()).isEqualTo(code);
        assertThat(status(answer).path("code").asInt()).isEqualTo(code);
        assertThat(status(answer).path("name").asText()).isEqualTo(name);
        assertThat(status(answer).path("description").asText()).contains(words);
    }

    private void greetsAndHelps() {
        Answer greeting = router.get("/");
        isFine(greeting);
        assertThat(status(greeting).path("description").asText())
                .startsWith("Greetings from")
                .contains("/help");
        isFine(router.get("/help"));
        assertThat(router.get("/help").json().path("help").findValuesAsText("call"))
                .contains("GET /api/v1/models", "GET or POST /api/v1/models/iris.onnx/prediction");
    }

    private void givesABrowserAPage() {
        Answer page = router.get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("href=\"/help\"", "href=\"/openapi.yaml\"", "href=\"/metrics\"");
    }

    private void sendsItemsToModelHosts() {
        Set<String> hosts = new HashSet<>();
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Answer answer = curl.data("POST", "/api/test/sendtomodelhost", """
                    {"data": ["ONE", "TWO", "THREE", "FOUR"]}""");
            isFine(answer);
            items = answer.json().path("responses").findValuesAsText("item");
            hosts.addAll(answer.json().path("responses").findValuesAsText("modelhost"));
        }

        assertThat(items).containsExactly("ONE", "TWO", "THREE", "FOUR");
        assertThat(hosts).hasSize(2).allMatch(host -> host.matches("127\\.0\\.0\\.1-\\d+-0"));
        fails(curl.data("POST", "/api/test/sendtomodelhost", """
                {"items":[]}"""), 422, "Unprocessable Entity", "data is missing");
    }

    private void listsModels() {
        Answer names = router.get(MODELS);
        isFine(names);
        assertThat(names.json().path("model_list").toString()).isEqualTo("""
                ["diabetes.onnx","dog_model.onnx","iris.onnx","kept.onnx"]""");
        Answer information = router.get(MODELS + "/information");
        isFine(information);
        assertThat(information.json().at("/model_list/0").toString()).isEqualTo("""
                {"description":"","model":"diabetes.onnx"}""");
        Answer one = router.get(IRIS);
        isFine(one);
        assertThat(one.json().path("model").asText()).isEqualTo("iris.onnx");
        fails(router.get(MODELS + "/irs.onnx"), 404, "Not Found", "did you mean iris.onnx");
        fails(router.get("/api/v1/nothing"), 404, "Not Found", "nothing at this URL");
        fails(
                router.send("PATCH", IRIS, java.net.http.HttpRequest.BodyPublishers.noBody()),
                405,
                "Method Not Allowed",
                "GET");
    }

    private void describesAModel() {
        isFine(curl.data("POST", IRIS, """
                {"model_description":"Sépalo y pétalo"}"""));
        assertThat(router.get(IRIS).json().path("description").asText()).isEqualTo("Sépalo y pétalo");
        fails(curl.data("POST", IRIS, "{}"), 422, "Unprocessable Entity", "model_description is missing");
        fails(curl.data("POST", IRIS, """
                {"model_description":5}"""), 422, "Unprocessable Entity", "must be text");
        fails(curl.data("POST", IRIS, "{"), 422, "Unprocessable Entity", "");
        fails(curl.data("POST", MODELS + "/none.onnx", """
                {"model_description":"x"}"""), 404, "Not Found", "none.onnx");
    }

    private void uploadsAndDeletesAModel() {
        String model = MODELS + "/flower.onnx";
        isFine(curl.form("PUT", model, "path", "local.onnx", "one".getBytes(UTF_8)));
        Answer first = router.get(model);
        assertThat(first.json().path("default_version").asInt()).isEqualTo(1);
        assertThat(first.json().at("/versions/0/inputs/0/name").asText()).isEqualTo("X");

        isFine(curl.form("PUT", model, "path", "local.onnx", "two".getBytes(UTF_8)));
        Answer second = router.get(model);
        assertThat(second.json().path("default_version").asInt()).isEqualTo(2);
        assertThat(second.json().path("versions")).hasSize(2);

        isFine(router.delete(model));
        fails(router.get(model), 404, "Not Found", "flower.onnx");
        fails(router.delete(model), 404, "Not Found", "flower.onnx");
    }

    private void replacesAModelWithoutAFailedCall() throws Exception {
        String model = MODELS + "/busy.onnx";
        isFine(curl.form("PUT", model, "path", "busy.onnx", "first".getBytes(UTF_8)));
        AtomicBoolean replaced = new AtomicBoolean();
        CompletableFuture<Integer> calls = CompletableFuture.supplyAsync(() -> {
            int made = 0;
            while (!replaced.get() || made < 20) {
                isFine(curl.data("POST", model + "/prediction", """
                        {"values":[1,2,3,4]}"""));
                made++;
            }
            return made;
        });

        for (String next : List.of("second", "third")) {
            isFine(curl.form("PUT", model, "path", "busy.onnx", next.getBytes(UTF_8)));
        }
        replaced.set(true);

        assertThat(calls.get(60, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(20);
        assertThat(router.get(model).json().path("default_version").asInt()).isEqualTo(3);
        isFine(router.delete(model));
    }

    private void takesNothingButOnnxFiles() {
        byte[] some = {1, 2, 3};
        fails(curl.form("PUT", MODELS + "/m.pkl", "path", "m.onnx", some), 415, "Unsupported Media Type", ".onnx");
        fails(curl.form("PUT", MODELS + "/m.onnx", "path", "m.pkl", some), 415, "Unsupported Media Type", "m.pkl");
        fails(
                curl.send("PUT", MODELS + "/m.onnx", "multipart/form-data; boundary=x", "--x--\r\n".getBytes(UTF_8)),
                422,
                "Unprocessable Entity",
                "no file");
        fails(curl.data("PUT", MODELS + "/m.onnx", ""), 422, "Unprocessable Entity", "empty");
        fails(
                curl.form("PUT", MODELS + "/m%2f..%2fn.onnx", "path", "m.onnx", some),
                422,
                "Unprocessable Entity",
                "name");
        fails(
                curl.form("PUT", MODELS + "/" + "m".repeat(300) + ".onnx", "path", "m.onnx", some),
                422,
                "Unprocessable Entity",
                "name");
        fails(router.get(MODELS + "/m.onnx"), 404, "Not Found", "m.onnx");
    }

    private void predicts() {
        for (String method : List.of("GET", "POST")) {
            Answer answer = curl.data(method, IRIS + "/prediction", """
                    {"values":[2, 5, 1, 4]}""");
            isFine(answer);
            assertThat(status(answer).path("description").asText()).isEqualTo("Prediction successful");
            assertThat(answer.json().path("values").toString()).isEqualTo("[1]");
        }
        fails(curl.data("GET", MODELS + "/none.onnx/prediction", """
                {"values":[1]}"""), 404, "Not Found", "none.onnx");
        fails(curl.data("GET", IRIS + "/prediction?version=7", """
                {"values":[1]}"""), 404, "Not Found", "there are [1]");
    }

    private void saysWhatIsMissing() {
        String path = IRIS + "/prediction";
        fails(router.get(path), 422, "Unprocessable Entity", "values are missing");
        fails(curl.data("GET", path, "{}"), 422, "Unprocessable Entity", "values are missing");
        fails(curl.data("GET", path, "[1,2]"), 422, "Unprocessable Entity", "values are missing");
        fails(curl.data("GET", path, "{\"values\":[1"), 422, "Unprocessable Entity", "not JSON");
        fails(curl.data("GET", path, """
                {"values":[1]}{}"""), 422, "Unprocessable Entity", "follows the end");
        fails(curl.data("GET", path, """
                {"value":[1]}"""), 422, "Unprocessable Entity", "missing input: 'X'");
        fails(
                curl.data("GET", path, """
                        {"values":[1]}""", "X-Request-Timeout-Ms", "soon"),
                422,
                "Unprocessable Entity",
                "X-Request-Timeout-Ms");
    }

    private void predictsFromAnImage() {
        String path = MODELS + "/dog_model.onnx/prediction";
        for (String field : List.of("file", "path")) {
            Answer answer = curl.form("GET", path, field, "dog_resized.jpeg", JPEG);
            isFine(answer);
            assertThat(answer.json().path("values").toString()).isEqualTo("[[0.1,0.9]]");
        }
        isFine(curl.form("POST", path, "file", "dog.png", PNG));
        isFine(curl.send("POST", path, "image/png", PNG));
        fails(
                curl.form("GET", path, "file", "dog.jpeg", new byte[] {1, 2, 3}),
                422,
                "Unprocessable Entity",
                "is not a JPEG or PNG image");
        fails(curl.form("GET", path, "picture", "dog.jpeg", JPEG), 422, "Unprocessable Entity", "has no file");
        fails(
                curl.send("GET", path, "multipart/form-data; boundary=x", new byte[] {1, 2, 3}),
                422,
                "Unprocessable Entity",
                "form");
        fails(curl.send("GET", path, "multipart/form-data", JPEG), 422, "Unprocessable Entity", "form");
    }

    private void showsTheStateOfEachHost() {
        Exposition metrics = Exposition.of(router);

        assertThat(metrics.samples().keySet().stream()
                        .filter(sample -> sample.startsWith("foretell_worker_state{state=ready"))
                        .filter(sample -> metrics.value(sample) == 1))
                .hasSize(2);
        assertThat(metrics.value("foretell_requests_total{model=AI/iris,outcome=ok,version=1}"))
                .isEqualTo(2);
        assertThat(router.get("/v1/workers").json().findValuesAsText("state")).containsOnly("READY");
    }

    private void answersEqualInputsFromItsCache() {
        String path = MODELS + "/kept.onnx/prediction";
        Answer first = curl.data("GET", path, """
                {"values":[1,2,3,4]}""");
        Answer second = curl.data("GET", path, """
                {"values":[1,2,3,4]}""");

        assertThat(first.header("X-Router-Cache")).isEmpty();
        assertThat(second.header("X-Router-Cache")).isEqualTo("hit");
        assertThat(second.body()).isEqualTo(first.body());
    }

    private void givesAModelsFileBack() {
        isFine(curl.form("PUT", MODELS + "/given.onnx", "path", "given.onnx", JPEG));

        Answer file = router.get(MODELS + "/given.onnx/download");

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Length")).isEqualTo(String.valueOf(JPEG.length));
        assertThat(file.header("Content-Disposition")).contains("given.onnx");
        fails(router.get(MODELS + "/none.onnx/download"), 404, "Not Found", "none.onnx");
        fails(router.get(MODELS + "/given.onnx/download?version=2"), 404, "Not Found", "no version 2");
        isFine(router.delete(MODELS + "/given.onnx"));
    }

    private void hasADefaultVersion() {
        String model = MODELS + "/twice.onnx";
        isFine(curl.form("PUT", model, "path", "twice.onnx", JPEG));
        isFine(curl.form("PUT", model, "path", "twice.onnx", PNG));
        assertThat(router.get(model).json().path("default_version").asInt()).isEqualTo(2);

        isFine(curl.data("POST", model, """
                {"default_version":1}"""));

        assertThat(router.get(model).json().path("default_version").asInt()).isEqualTo(1);
        fails(curl.data("POST", model, """
                {"default_version":7}"""), 404, "Not Found", "no version 7");
        fails(curl.data("POST", model, """
                {"default_version":"new"}"""), 422, "Unprocessable Entity", "number");
        isFine(router.delete(model));
    }

    @Test
    void withoutAHostItSaysSo() {
        router.serve(router.worker(Scripts.answers("1")));

        fails(curl.data("POST", "/api/test/sendtomodelhost", """
                {"data":["ONE"]}"""), 503, "Service Unavailable", "foretell host");
    }
}
