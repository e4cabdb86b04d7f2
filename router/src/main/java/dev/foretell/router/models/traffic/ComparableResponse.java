package dev.foretell.router.models.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorBinary;
import dev.foretell.commons.tensor.TensorJson;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a response that is compared: all of it, or, in the format of the Open Inference Protocol (which names its
 * version), only the outputs. Binary outputs are decoded.
 *
 * @param jsonLength the length of the JSON part by its header; null if the whole body is JSON
 * @param inference whether the body has the protocol's format
 */
record ComparableResponse(Buffer body, @Nullable String jsonLength, boolean inference) {
    private static final String BINARY_SIZE = "binary_data_size";

    static ComparableResponse of(Response response, RequestOptions options) {
        return new ComparableResponse(
                response.body(), response.headers().get(Headers.INFER_JSON_LENGTH), options.dialect() != null);
    }

    /** A copy that outlives the response. */
    static ComparableResponse copyOf(Response response, RequestOptions options) {
        ComparableResponse compared = of(response, options);
        return new ComparableResponse(compared.body.copy(), compared.jsonLength, compared.inference);
    }

    /** @throws dev.foretell.commons.failure.ServingException if the body does not have this format */
    JsonNode tree() {
        int json = TensorBinary.jsonLength(jsonLength, body.length());
        JsonNode tree = Json.readTree(json < 0 ? body.getBytes() : body.getBytes(0, json));
        if (!inference) {
            return tree;
        }
        if (json >= 0) {
            readBinary(tree.path("outputs"), body.getBytes(json, body.length()));
        }
        return tree instanceof ObjectNode object ? object.retain("outputs") : tree;
    }

    private static void readBinary(JsonNode outputs, byte[] bytes) {
        int at = 0;
        for (JsonNode output : outputs) {
            int size = output.path("parameters").path(BINARY_SIZE).asInt(-1);
            if (size >= 0 && size <= bytes.length - at && output instanceof ObjectNode object) {
                object.set("data", data(object, ByteBuffer.wrap(bytes, at, size)));
                at += size;
            }
        }
    }

    /** The values as numbers in row-major order; strings and invalid data stay as they are. */
    private static JsonNode data(ObjectNode output, ByteBuffer bytes) {
        Datatype datatype = datatype(output.path("datatype").asText());
        if (datatype.width() == 0 || bytes.remaining() % datatype.width() != 0) {
            byte[] same = new byte[bytes.remaining()];
            bytes.get(same);
            return BinaryNode.valueOf(same);
        }
        int count = bytes.remaining() / datatype.width();
        Tensor tensor = Tensor.of("", datatype, new long[] {count}, bytes);
        List<Object> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(TensorJson.element(tensor, i));
        }
        return Json.MAPPER.valueToTree(elements);
    }

    private static Datatype datatype(String name) {
        for (Datatype datatype : Datatype.values()) {
            if (datatype.name().equals(name)) {
                return datatype;
            }
        }
        return Datatype.BYTES;
    }
}
