package dev.foretell.router;

import dev.foretell.router.FakeWorker.Call;
import java.io.IOException;
import java.util.Collections;

/** What a host does with models of flowers and of pictures, without a model: flowers are 1, pictures are cats. */
final class FlowersAndCats {
    private static final String SIGNATURE = """
            {"runtime":"onnx","inputs":[{"name":"X","datatype":"FP32","shape":[-1,4]}],\
            "outputs":[{"name":"label","datatype":"INT64","shape":[-1]}],"metadata":{}}""";

    private static final String LABELS = """
            {"model_name":"iris","outputs":[{"name":"label","datatype":"INT64","shape":[1],"data":[1]}]}""";

    private FlowersAndCats() {}

    /** A host of them that ends with the test. */
    static FakeHost at(LiveRouter router) {
        return FakeHost.at(router)
                .inspects(call -> call.answer(200, SIGNATURE))
                .infers(call -> call.answer(200, LABELS))
                .predicts(FlowersAndCats::predict);
    }

    private static void predict(Call call) throws IOException {
        if (call.headers().getOrDefault("content-type", "").startsWith("image/")) {
            call.answer(200, """
                    {"values":[[0.1,0.9]]}""");
        } else if (call.json().has("values")) {
            call.answer(200, """
                    {"values":[%d]}""".formatted(call.json().path("values").size() / 4));
        } else if (call.json().path("X").isArray()) {
            call.answer(
                    200, """
                    {"label":%s}""".formatted(Collections.nCopies(call.json().path("X").size(), 1)));
        } else {
            call.answer(422, """
                    {"error":"missing input: 'X', FP32 [-1,4]"}""");
        }
    }
}
