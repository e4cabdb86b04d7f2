package dev.foretell.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The call that a load repeats. */
record BenchCall(RouterHttp router, String path, String body) implements Supplier<Reply> {
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    /** Inputs of a model that takes more than this many elements need data of their own. */
    private static final long MAX_ELEMENTS = 1 << 20;

    @Override
    public Reply get() {
        return router.send("POST", path, body, Map.of(), PATIENCE);
    }

    /** A predict call with these arguments. */
    static BenchCall of(RouterHttp router, String type, String model, String data) {
        try {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("modelId", model);
            body.set("data", Json.readTree(data.getBytes(StandardCharsets.UTF_8)));
            return new BenchCall(router, "/v1/" + checked(type) + "_model/predict", Json.writeText(body));
        } catch (ServingException e) {
            throw CommandFailure.usage("--data is not JSON: " + e.detail());
        }
    }

    /** An inference with the inputs of the model's signature: zeros, empty texts, and 1 for each free dimension. */
    static BenchCall ofSignature(RouterHttp router, String model) {
        String path = "/v2/models/" + checked(model);
        JsonNode inputs = router.get(path).orFail().json().path("inputs");
        if (!inputs.isArray()) {
            throw CommandFailure.of("'" + model + "' does not say what it takes; give it with --data JSON");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode zeros = body.putArray("inputs");
        inputs.forEach(input -> zeros.add(zeros(input)));
        return new BenchCall(router, path + "/infer", Json.writeText(body));
    }

    private static ObjectNode zeros(JsonNode input) {
        ObjectNode tensor = JsonNodeFactory.instance
                .objectNode()
                .put("name", input.path("name").asText());
        tensor.put("datatype", input.path("datatype").asText());
        ArrayNode shape = tensor.putArray("shape");
        long elements = 1;
        for (JsonNode dimension : input.path("shape")) {
            long length = Math.max(1, dimension.asLong());
            shape.add(length);
            elements *= length;
            if (elements > MAX_ELEMENTS) {
                throw CommandFailure.of(
                        "'" + input.path("name").asText() + "' is too long to be made up; give it with --data");
            }
        }
        ArrayNode data = tensor.putArray("data");
        for (long i = 0; i < elements; i++) {
            addZero(data, input.path("datatype").asText());
        }
        return tensor;
    }

    private static void addZero(ArrayNode data, String datatype) {
        switch (datatype) {
            case "BOOL" -> data.add(false);
            case "BYTES" -> data.add("");
            default -> data.add(0);
        }
    }

    private static String checked(String name) {
        if (!Names.isValid(name)) {
            throw CommandFailure.usage("'" + name + "' cannot be a name: a name is " + Names.RULE);
        }
        return name;
    }
}
