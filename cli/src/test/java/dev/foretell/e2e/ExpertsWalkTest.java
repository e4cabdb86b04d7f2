package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.Ran;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk of Expert-Discovery-Manager (rows E1 to E4): by curl, by its scripts in plain Python, and by our commands. */
class ExpertsWalkTest {
    private static final String SAMPLES = """
            {"x": [[0.0], [0.1], [0.2], [0.3], [0.4], [0.5], [0.6], [0.7], [0.8], [0.9]], \
            "y": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}""";

    /** train.py, test.py and aggregate.py of the document in one, with the URLs that its prose promises. */
    private static final String SCRIPTS = """
            import json, random, sys, urllib.request

            def send(url, payload=None):
                data = None if payload is None else json.dumps(payload).encode()
                with urllib.request.urlopen(urllib.request.Request(url, data=data)) as answer:
                    return json.load(answer)

            def get_model_services():
                return send(sys.argv[1] + '/model')['models']

            x = [[random.uniform(0, 1)] for _ in range(100)]
            data = {'x': x, 'y': [[row[0] * 10] for row in x]}
            filenames = {}
            for model_id, model in get_model_services().items():
                filenames[model_id] = send(model['url'].replace('/test', '/train'), {'data': data})['filename']
            ys = []
            for model_id, model in get_model_services().items():
                payload = {'filename': filenames[model_id], 'data': {'x': [[0.25], [0.5]]}}
                ys.append(send(model['url'], payload)['y'])
            print(json.dumps({'models': len(ys), 'y': [sum(y) / len(ys) for y in zip(*ys)]}))
            """;

    /** A model service of another make, which registers itself. */
    private static final String FOREIGN = """
            import http.server, json, sys, urllib.request

            class Service(http.server.BaseHTTPRequestHandler):
                def answer(self, value):
                    body = json.dumps(value).encode()
                    self.send_response(200)
                    self.send_header('Content-Type', 'application/json')
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

                def do_GET(self):
                    self.answer('Model-m6 Service')

                def do_POST(self):
                    asked = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
                    if self.path == '/train':
                        self.answer({'filename': 'model-1.pkl'})
                    elif asked['filename'] == 'model-1.pkl':
                        self.answer({'y': [65.0 for row in asked['data']['x']]})

            server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Service)
            url = 'http://127.0.0.1:%d/test' % server.server_port
            payload = json.dumps({'id': 'm6', 'url': url}).encode()
            urllib.request.urlopen(urllib.request.Request(sys.argv[1] + '/model', data=payload))
            server.serve_forever()
            """;

    @TempDir
    Path folder;

    private Child start(int count) {
        return Child.foretell("experts", String.valueOf(count), "--port", "0", "--data", folder.toString());
    }

    private Ran experts(String router, String... arguments) {
        String[] all = new String[arguments.length + 5];
        all[0] = "experts";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        System.arraycopy(
                new String[] {"--router", router, "--data", folder.toString()}, 0, all, arguments.length + 1, 4);
        return Ran.foretell(all);
    }

    private static JsonNode json(String text) {
        return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void fiveExpertsAreFoundTrainedTestedAndAggregated() throws Exception {
        try (Child experts = start(5)) {
            String router = experts.url();
            JsonNode models = json(Shell.type("curl -s " + router + "/model")).path("models");
            JsonNode scripts = json(Shell.python(SCRIPTS, router));

            assertThat(models.fieldNames()).toIterable().containsExactly("0", "1", "2", "3", "4");
            assertThat(models.findValuesAsText("url")).doesNotHaveDuplicates().allMatch(url -> url.endsWith("/test"));
            assertThat(scripts.path("models").asInt()).isEqualTo(5);
            assertThat(scripts.at("/y/0").asDouble()).isCloseTo(2.5, within(1e-3));
            assertThat(scripts.at("/y/1").asDouble()).isCloseTo(5, within(1e-3));
            commandsWith(router, Shell.startPython(FOREIGN, router));
        }
    }

    /** Five experts predict 5, the one of another make 65. */
    private void commandsWith(String router, Process foreign) throws IOException {
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Http.get(router + "/v1/workers").body().contains("expert/m6"));
            Ran trained = experts(router, "train", file("train.json", SAMPLES));
            String test = file("test.json", "{\"x\": [[0.5]]}");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> experts(router, "test", test).exitCode() == 0);
            Ran tested = experts(router, "test", test);
            Ran mean = experts(router, "aggregate", test);

            assertThat(trained.exitCode()).as(trained.err()).isZero();
            assertThat(trained.out().lines()).hasSize(7).contains("m6      model-1.pkl");
            assertThat(tested.out().lines()).hasSize(6).contains("expert m6  [65]");
            assertThat(json(mean.out()).at("/y/0").asDouble()).isCloseTo(15, within(1e-3));
            assertThat(Shell.type("curl -s -X DELETE " + router + "/model/m6")).isEqualTo("{\"result\": true}");
            assertThat(json(experts(router, "aggregate", test).out()).at("/y/0").asDouble())
                    .isCloseTo(5, within(1e-3));
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void anExpertThatDiesIsStartedAgainAtItsPort() throws Exception {
        try (Child experts = start(2)) {
            String router = experts.url();
            String url =
                    json(Http.get(router + "/model").body()).at("/models/1/url").asText();
            ProcessHandle.current()
                    .descendants()
                    .filter(process -> commandLine(process).contains("\0expert\0001\0"))
                    .forEach(ProcessHandle::destroyForcibly);
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve("experts/1/expert-2.log")));
            Path train = Path.of(file("train.json", SAMPLES));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    experts(router, "train", train.toString()).exitCode())
                            .isZero());

            assertThat(json(Http.get(router + "/model").body())
                            .at("/models/1/url")
                            .asText())
                    .isEqualTo(url);
            assertThat(json(Http.get(router + "/model").body()).path("models")).hasSize(2);
        }
    }

    /** {@code ProcessHandle} cuts it after 4,096 bytes, which the class path fills. Its words end with zero bytes. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    @Test
    void expertsJoinARouterWithItsToken() throws Exception {
        String token = file("token", "secret-token-of-the-router");
        try (Child router = Child.foretell(
                        "router", "--port", "0", "--data", folder.resolve("own").toString(), "--token-file", token);
                Child experts = Child.foretell(
                        "experts", "1", "--router", router.url(), "--token-file", token, "--data", folder.toString())) {
            assertThat(experts.url()).isEqualTo(router.url());
            Ran trained = Ran.foretell(
                    "experts",
                    "train",
                    file("train.json", SAMPLES),
                    "--router",
                    router.url(),
                    "--token-file",
                    token,
                    "--data",
                    folder.toString());

            assertThat(trained.exitCode()).as(trained.err()).isZero();
            assertThat(trained.out()).contains("model-");
        }
    }

    @Test
    void modelsSurviveARestartAndMistakesAreTold() throws Exception {
        String test = file("test.json", "{\"x\": [[0.5]]}");
        try (Child experts = start(2)) {
            assertThat(experts(experts.url(), "train", file("train.json", SAMPLES))
                            .exitCode())
                    .isZero();
        }
        try (Child experts = start(2)) {
            String router = experts.url();
            Ran mean = experts(router, "aggregate", test);

            assertThat(mean.exitCode()).as(mean.err()).isZero();
            assertThat(json(mean.out()).at("/y/0").asDouble()).isCloseTo(5, within(1e-3));
            mistakes(json(Shell.type("curl -s " + router + "/model"))
                    .at("/models/0/url")
                    .asText());
            Ran ragged = experts(router, "train", file("ragged.json", "{\"x\": [[1], [2, 3]], \"y\": [1, 2]}"));
            assertThat(ragged.exitCode()).isEqualTo(1);
            assertThat(ragged.err()).contains("expert 0: ", "data.x[1] must be an array of 1 number");
        }
        assertThat(experts("http://127.0.0.1:1", "test", test).exitCode()).isEqualTo(3);
    }

    private static void mistakes(String test) {
        String train = test.replace("/test", "/train");
        String status = " -w ' %{http_code}'";
        String rows = "{\"data\": {\"x\": [[1]]}";

        assertThat(Shell.type("curl -s" + status + " " + train + " -d '{}'"))
                .contains("data is missing")
                .endsWith("400");
        assertThat(Shell.type("curl -s" + status + " " + train + " -d ''")).endsWith("400");
        assertThat(Shell.type("curl -s" + status + " " + train + " -d '{'")).endsWith("400");
        assertThat(Shell.type("curl -s" + status + " " + train + " -d '" + rows + "}'"))
                .contains("data.y is missing")
                .endsWith("422");
        assertThat(Shell.type(
                        "curl -s" + status + " " + test + " -d '" + rows + ", \"filename\": \"../../etc/passwd\"}'"))
                .contains("there is no model")
                .endsWith("404");
        assertThat(Shell.type("curl -s" + status + " " + test + " -d '{\"data\": {\"x\": [[1, 2]]}}'"))
                .endsWith("422");
    }
}
