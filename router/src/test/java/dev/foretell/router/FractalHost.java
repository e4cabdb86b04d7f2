package dev.foretell.router;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Hosting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a model host answers, without a model: flowers are 1, images are cats, files are models unless they say otherwise. */
final class FractalHost {
    static final String INDEX =
            "{\"app\":\"host\",\"version\":\"1\",\"functions\":{\"identity\":{\"path\":\"/identity\"},"
                    + "\"inspect\":{\"path\":\"/inspect\"}},\"hosts\":{\"max\":1}}";
    private static final String SIGNATURE = "{\"runtime\":\"onnx\",\"inputs\":[{\"name\":\"X\",\"datatype\":\"FP32\","
            + "\"shape\":[-1,4]}],\"outputs\":[{\"name\":\"label\",\"datatype\":\"INT64\",\"shape\":[-1]}],\"metadata\":{}}";

    private static final String LABELS =
            "{\"model_name\":\"iris\",\"outputs\":[{\"name\":\"label\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":[1]}]}";

    private FractalHost() {}

    /** A worker that is a host. */
    static FakeWorker start(LiveRouter router) {
        FakeWorker host = router.worker(call -> call.answer(500, "{}")).says(INDEX);
        return host.predicts(call -> answer(host, call));
    }

    private static void answer(FakeWorker host, FakeWorker.Call call) throws IOException {
        switch (call.path()) {
            case "/identity" ->
                call.answer(
                        200,
                        "{\"modelhost\":\"" + host.id() + "\",\"item\":"
                                + json(call).path("item") + "}");
            case "/inspect" -> call.answer(200, SIGNATURE);
            default -> {
                if (call.path().endsWith(Hosting.INFER_SUFFIX)) {
                    call.answer(200, LABELS);
                } else {
                    predict(call);
                }
            }
        }
    }

    private static void predict(FakeWorker.Call call) throws IOException {
        if (call.headers().getOrDefault("content-type", "").startsWith("image/")) {
            call.answer(200, "{\"values\":[[0.1,0.9]]}");
        } else if (json(call).has("values")) {
            call.answer(200, "{\"values\":[" + json(call).path("values").size() / 4 + "]}");
        } else {
            call.answer(422, "{\"error\":\"missing input: 'X', FP32 [-1,4]\"}");
        }
    }

    private static JsonNode json(FakeWorker.Call call) {
        return Json.readTree(call.body().getBytes(StandardCharsets.UTF_8));
    }
}
