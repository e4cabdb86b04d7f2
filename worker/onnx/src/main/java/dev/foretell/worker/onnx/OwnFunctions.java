package dev.foretell.worker.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.onnx.inspect.Inspector;
import dev.foretell.worker.onnx.shelf.FileDigest;
import dev.foretell.worker.onnx.shelf.ModelShelf;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The host's own functions besides its models. */
record OwnFunctions(ModelShelf shelf, Inspector inspector, CompletableFuture<String> id) {
    /** @param bytes of memory that the models take */
    private record HostState(String modelhost, int models, long bytes) {}

    private record Echo(String modelhost, JsonNode item) {}

    private record Forgotten(boolean forgotten) {}

    List<ServedFunction> all() {
        return List.of(
                new JsonFunction(Hosting.ONNX, "The models that this host has loaded.", this::state),
                new JsonFunction(Hosting.IDENTITY, "Returns its item and the host's identity.", this::identity),
                new JsonFunction(Hosting.INSPECT, "Inspects the model file with a digest.", this::inspect),
                new JsonFunction(
                        Hosting.FORGET, "Unloads the model with a digest, and deletes its file.", this::forget));
    }

    private Object state(JsonNode body) {
        return id.thenApply(name -> new HostState(name, shelf.size(), shelf.bytes()));
    }

    private Object identity(JsonNode body) {
        return id.thenApply(name -> new Echo(name, body.has("item") ? body.get("item") : body));
    }

    private Object forget(JsonNode body) {
        shelf.forget(digest(body));
        return new Forgotten(true);
    }

    private Object inspect(JsonNode body) {
        return inspector.inspect(digest(body), body.get("sample"));
    }

    private static String digest(JsonNode body) {
        String digest = body.path("digest").asText();
        if (!FileDigest.isOne(digest)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, "digest is missing: the SHA-256 of the file, 64 hexadecimal digits");
        }
        return digest;
    }
}
