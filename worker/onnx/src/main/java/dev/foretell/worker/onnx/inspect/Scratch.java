package dev.foretell.worker.onnx.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.worker.onnx.file.OnnxFileCheck;
import dev.foretell.worker.onnx.model.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What runs in the scratch process: looks through a model file, loads it, runs it once, and writes what it is, or why it is
 * refused, to another file, as one line of JSON.
 */
final class Scratch {
    static final String FOUND = "found";
    static final String REFUSED = "refused";

    private Scratch() {}

    /** @param arguments the model file, the file for the result, the most milliseconds that this process lives */
    public static void main(String[] arguments) throws IOException {
        Lifetime.bound(Duration.ofMillis(Long.parseLong(arguments[2])));
        byte[] result = Json.write(result(Path.of(arguments[0])));
        Files.write(Path.of(arguments[1]), result);
        Runtime.getRuntime().halt(0);
    }

    private static ObjectNode result(Path file) throws IOException {
        ObjectNode result = Json.MAPPER.createObjectNode();
        try {
            OnnxFileCheck.require(file);
            result.set(FOUND, found(file));
        } catch (ServingException e) {
            result.put(REFUSED, e.detail());
        }
        return result;
    }

    private static ObjectNode found(Path file) {
        try (OnnxModel model = OnnxModel.load(file, 1)) {
            ObjectNode found = Json.MAPPER.createObjectNode();
            found.put("runtime", "onnx");
            found.set("inputs", specs(model.inputs()));
            found.set("outputs", specs(model.outputs()));
            found.set("metadata", Json.MAPPER.valueToTree(model.metadata()));
            SampleMaker.of(model).ifPresent(sample -> found.set("sample", sample));
            return found;
        }
    }

    private static JsonNode specs(List<TensorSpec> specs) {
        return Json.MAPPER.valueToTree(specs);
    }
}
