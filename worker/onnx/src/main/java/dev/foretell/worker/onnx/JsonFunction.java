package dev.foretell.worker.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.function.UploadedFile;
import java.util.Map;

/** A function of the host itself, from JSON to JSON. */
record JsonFunction(String name, String doc, Code code) implements ServedFunction, CallBody.Reader<JsonNode> {
    /** A value for JSON, or a stage that completes with one. */
    @FunctionalInterface
    interface Code {
        Object call(JsonNode body) throws Exception;
    }

    @Override
    public WorkerIndex.Function describe() {
        return new WorkerIndex.Function("/" + name, doc, null, null);
    }

    @Override
    public boolean predicts() {
        return false;
    }

    @Override
    public Object call(CallBody body) throws Exception {
        return code.call(body.readBy(this));
    }

    @Override
    public JsonNode json(byte[] text) {
        return text.length == 0 ? NullNode.getInstance() : Json.readTree(text);
    }

    @Override
    public JsonNode form(Map<String, String> fields, Map<String, UploadedFile> files) {
        throw new ServingException(FailureKind.UNSUPPORTED_MEDIA_TYPE, name + " takes JSON");
    }
}
