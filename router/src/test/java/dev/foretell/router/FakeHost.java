package dev.foretell.router;

import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A model host that loads nothing: what it does with what it is asked for is up to its scripts. It finds every file good and
 * serves none, unless a test changes that. Its files are texts, told apart by their digests.
 */
final class FakeHost implements AutoCloseable {
    static final String INDEX = """
            {"app":"host","version":"1","functions":{"identity":{"path":"/identity"},"inspect":{"path":"/inspect"}},\
            "hosts":{"max":64}}""";

    /** What is in a good file. */
    static final String FOUND = """
            {"runtime":"onnx","inputs":[{"name":"X","datatype":"FP32","shape":[-1,4]}],\
            "outputs":[{"name":"label","datatype":"INT64","shape":[-1]}],\
            "metadata":{"producer":"a test"},"sample":{"X":[[0,0,0,0]]}}""";

    /** A good file that says nothing of what is in it. */
    static final String UNTYPED = """
            {"runtime":"onnx","inputs":[],"outputs":[],"metadata":{}}""";

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final FakeWorker worker;
    private volatile Script predicting = call -> call.answer(404, """
            {"error":"no such file"}""");
    private volatile Script inferring = call -> predicting.play(call);

    private FakeHost(FakeWorker worker) {
        this.worker = worker.says(INDEX).predicts(this::play);
        scripts.put("/identity", this::identify);
        scripts.put("/inspect", call -> call.answer(200, FOUND));
        scripts.put("/forget", call -> call.answer(200, "{}"));
    }

    /** One that ends with the test. */
    static FakeHost at(LiveRouter router) {
        return new FakeHost(router.worker(call -> call.answer(500, "{}")));
    }

    /** One that is to be closed. */
    static FakeHost start() {
        return new FakeHost(FakeWorker.start(call -> call.answer(500, "{}")));
    }

    private void play(Call call) throws IOException {
        calls.computeIfAbsent(call.path(), path -> new AtomicInteger()).incrementAndGet();
        Script script = scripts.get(call.path());
        if (script != null) {
            script.play(call);
        } else if (call.path().endsWith(Hosting.INFER_SUFFIX)) {
            inferring.play(call);
        } else {
            predicting.play(call);
        }
    }

    private void identify(Call call) throws IOException {
        call.answer(200, """
                {"modelhost":"%s","item":%s}""".formatted(worker.id(), call.json().path("item")));
    }

    /** What it says of a file. */
    FakeHost inspects(Script script) {
        scripts.put("/inspect", script);
        return this;
    }

    /** What it does when the router tells it that a file is deleted. */
    FakeHost forgets(Script script) {
        scripts.put("/forget", script);
        return this;
    }

    /** What it does with calls of any file that has no script of its own. */
    FakeHost predicts(Script script) {
        predicting = script;
        return this;
    }

    /** What it does with calls of the file of that content. */
    FakeHost predicts(String file, Script script) {
        scripts.put(path(file), script);
        return this;
    }

    /** What it does with calls of any file in the form of the Open Inference Protocol; without it the same as with others. */
    FakeHost infers(Script script) {
        inferring = script;
        return this;
    }

    /** What it does with calls in that form of the file of that content. */
    FakeHost infers(String file, Script script) {
        scripts.put(path(file) + Hosting.INFER_SUFFIX, script);
        return this;
    }

    FakeHost says(String index) {
        worker.says(index);
        return this;
    }

    /** Fetches the file from that router, as hosts do: those that begin with {@code ONNX} are good. */
    FakeHost fetchesFrom(LiveRouter router) {
        return inspects(call -> {
            if (file(router, call).startsWith("ONNX")) {
                call.answer(200, FOUND);
            } else {
                call.answer(422, """
                        {"error":"the file is not an ONNX model"}""");
            }
        });
    }

    /** The file to inspect. */
    static String file(LiveRouter router, Call call) {
        return router.get("/v1/blobs/" + call.json().path("digest").asText()).body();
    }

    /** Calls of the file so far. */
    int calls(String file) {
        return calls.getOrDefault(path(file), new AtomicInteger()).get();
    }

    FakeWorker worker() {
        return worker;
    }

    static String digest(String file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String path(String file) {
        return "/sha256-" + digest(file);
    }

    /** The host as the routing map has it. */
    String entry() {
        return worker.entry("""
                "function":"identity\"""");
    }

    /** Makes these the only workers that the router has, and waits until they are ready. */
    static void serve(LiveRouter router, FakeHost... hosts) {
        router.replace(Stream.of(hosts).map(FakeHost::entry).collect(Collectors.joining(",", """
                {"hosts":{"onnx":[""", "]}}")));
        List.of(hosts).forEach(host -> host.awaitReady(router));
    }

    /** Makes it the only worker that the router has, and waits until it is ready. */
    FakeHost servesAlone(LiveRouter router) {
        serve(router, this);
        return this;
    }

    private void awaitReady(LiveRouter router) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> router.get("/v1/model_workers_map?model-type=hosts")
                        .json()
                        .path(worker.id())
                        .path("state")
                        .asText()
                        .equals("READY"));
    }

    /** Uploads a file as the next version of that model. */
    static Answer upload(LiveRouter router, String model, String file) {
        Answer answer = router.send("POST", "/v1/models/" + model + "/versions?type=AI", BodyPublishers.ofString(file));
        if (answer.status() != 201) {
            throw new AssertionError(answer);
        }
        return answer;
    }

    @Override
    public void close() {
        worker.close();
    }
}
