package dev.foretell.router;

import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A model host whose models are texts: those that begin with {@code ONNX} are good. */
final class FakeHost {
    static final String INDEX = "{\"app\":\"host\",\"version\":\"1\",\"functions\":{"
            + "\"identity\":{\"path\":\"/identity\"},\"inspect\":{\"path\":\"/inspect\"}},\"hosts\":{\"max\":64}}";

    static final String FOUND = "{\"runtime\":\"onnx\","
            + "\"inputs\":[{\"name\":\"X\",\"datatype\":\"FP32\",\"shape\":[-1,4]}],"
            + "\"outputs\":[{\"name\":\"label\",\"datatype\":\"INT64\",\"shape\":[-1]}],"
            + "\"metadata\":{\"producer\":\"a test\"},\"sample\":{\"X\":[[0,0,0,0]]}}";

    private FakeHost() {}

    /** The only worker there is, and it is up. */
    static FakeWorker of(LiveRouter router) {
        return of(router, looksAt(router));
    }

    static FakeWorker of(LiveRouter router, FakeWorker.Script script) {
        return of(router, script, INDEX);
    }

    static FakeWorker of(LiveRouter router, FakeWorker.Script script, String index) {
        FakeWorker host = router.worker(script).says(index);
        place(router, List.of(host));
        return host;
    }

    /** The only workers there are, and they are up. */
    static List<FakeWorker> of(LiveRouter router, List<FakeWorker.Script> scripts) {
        List<FakeWorker> hosts = scripts.stream()
                .map(script -> router.worker(script).says(INDEX))
                .toList();
        place(router, hosts);
        return hosts;
    }

    private static void place(LiveRouter router, List<FakeWorker> hosts) {
        router.replace(hosts.stream()
                .map(host -> host.entry("\"function\":\"identity\""))
                .collect(Collectors.joining(",", "{\"hosts\":{\"onnx\":[", "]}}")));
        hosts.forEach(host -> awaitReady(router, host));
    }

    private static void awaitReady(LiveRouter router, FakeWorker host) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> router.get("/v1/model_workers_map?model-type=hosts")
                        .json()
                        .path(host.id())
                        .path("state")
                        .asText()
                        .equals("READY"));
    }

    /** Fetches the file from the router, as hosts do, and says what is in it. */
    static FakeWorker.Script looksAt(LiveRouter router) {
        return call -> {
            String digest = Json.readTree(call.body().getBytes(StandardCharsets.UTF_8))
                    .path("digest")
                    .asText();
            String file = router.get("/v1/blobs/" + digest).body();
            if (file.startsWith("ONNX")) {
                call.answer(200, FOUND);
            } else {
                call.answer(422, "{\"error\":\"this is not an ONNX model\"}");
            }
        };
    }
}
