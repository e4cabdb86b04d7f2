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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A model host that loads nothing: it finds every file good, and does for each what its script says. */
final class PlayedHost {
    /** Files are told apart by their content; what a host does with one is told by it. */
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final FakeWorker worker;

    private PlayedHost(LiveRouter router) {
        worker = router.worker(this::play)
                .says("{\"hosts\":{\"max\":64},\"functions\":{\"identity\":{\"path\":\"/identity\"},"
                        + "\"inspect\":{\"path\":\"/inspect\"}}}");
    }

    static PlayedHost at(LiveRouter router) {
        return new PlayedHost(router);
    }

    private void play(Call call) throws IOException {
        if (call.path().equals("/inspect")) {
            call.answer(200, "{\"runtime\":\"onnx\",\"inputs\":[],\"outputs\":[],\"metadata\":{}}");
            return;
        }
        calls.computeIfAbsent(call.path(), path -> new AtomicInteger()).incrementAndGet();
        Script script = scripts.get(call.path());
        if (script == null) {
            call.answer(404, "{\"error\":\"no such file\"}");
        } else {
            script.play(call);
        }
    }

    /** What it does with calls of the model file of that content. */
    PlayedHost plays(String file, Script script) {
        scripts.put(path(file), script);
        return this;
    }

    /** What it does with calls of it that are made in the form of the Open Inference Protocol. */
    PlayedHost infers(String file, Script script) {
        scripts.put(path(file) + Hosting.INFER_SUFFIX, script);
        return this;
    }

    /** Calls of the model file so far. */
    int calls(String file) {
        return calls.getOrDefault(path(file), new AtomicInteger()).get();
    }

    FakeWorker worker() {
        return worker;
    }

    static String path(String file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.getBytes(StandardCharsets.UTF_8));
            return "/sha256-" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes these the router's only hosts, and waits until they are ready. */
    static void serve(LiveRouter router, PlayedHost... hosts) {
        router.replace("{\"hosts\":{\"onnx\":["
                + Stream.of(hosts)
                        .map(host -> host.worker.entry("\"function\":\"identity\""))
                        .collect(Collectors.joining(","))
                + "]}}");
        Stream.of(hosts).forEach(host -> awaitReady(router, host));
    }

    private static void awaitReady(LiveRouter router, PlayedHost host) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> router.get("/v1/model_workers_map?model-type=hosts")
                        .json()
                        .path(host.worker.id())
                        .path("state")
                        .asText()
                        .equals("READY"));
    }

    /** Uploads a model file, the next version of that model. */
    static Answer upload(LiveRouter router, String model, String file) {
        Answer answer = router.send("POST", "/v1/models/" + model + "/versions?type=AI", BodyPublishers.ofString(file));
        if (answer.status() != 201) {
            throw new AssertionError(answer);
        }
        return answer;
    }
}
