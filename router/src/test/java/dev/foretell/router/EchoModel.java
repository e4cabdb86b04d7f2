package dev.foretell.router;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.InferRequest;
import dev.foretell.commons.tensor.InferResponse;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorBinary;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** What a host does with a model that answers its input X as Y, and a score. */
final class EchoModel {
    static final List<TensorSpec> INPUTS = List.of(new TensorSpec("X", Datatype.INT64, List.of(-1L, 2L)));
    static final List<TensorSpec> OUTPUTS = List.of(
            new TensorSpec("Y", Datatype.INT64, List.of(-1L, 2L)), new TensorSpec("score", Datatype.FP32, List.of(3L)));

    private EchoModel() {}

    /** A host of it that ends with the test. */
    static FakeHost at(LiveRouter router) {
        return FakeHost.at(router).infers(EchoModel::infer);
    }

    /** A host of it that is to be closed. */
    static FakeHost start() {
        return FakeHost.start().infers(EchoModel::infer);
    }

    private static void infer(FakeWorker.Call call) throws IOException {
        byte[] body = call.bytes();
        try {
            int jsonLength = TensorBinary.jsonLength(call.headers().get(Headers.INFER_JSON_LENGTH), body.length);
            InferRequest asked = jsonLength == 0 ? InferRequest.raw(body, INPUTS) : InferRequest.read(body, jsonLength);
            TensorSpec.requireAll(INPUTS, asked.inputs());
            answer(call, response(call, asked).encode(asked));
        } catch (ServingException e) {
            call.answer(422, Json.writeText(Map.of("error", e.detail())));
        }
    }

    private static InferResponse response(FakeWorker.Call call, InferRequest asked) {
        String[] model = call.headers().getOrDefault(Hosting.MODEL_HEADER, "").split(":", 2);
        ByteBuffer scores = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        scores.putFloat(0.25f).putFloat(0.625f).putFloat(0.125f).flip();
        return new InferResponse(
                model[0],
                model.length == 1 ? null : model[1],
                null,
                Map.of(),
                List.of(
                        asked.inputs().get(0).withName("Y"),
                        Tensor.of("score", Datatype.FP32, new long[] {3}, scores)));
    }

    private static void answer(FakeWorker.Call call, InferResponse.Encoded encoded) throws IOException {
        boolean binary = encoded.jsonLength() >= 0;
        call.write("HTTP/1.1 200 OK\r\nContent-Type: " + (binary ? "application/octet-stream" : "application/json")
                + (binary ? "\r\n" + Headers.INFER_JSON_LENGTH + ": " + encoded.jsonLength() : "")
                + "\r\nContent-Length: " + encoded.bytes().length + "\r\n\r\n");
        call.out().write(encoded.bytes());
        call.out().flush();
    }
}
