package dev.foretell.cli.experts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.function.UploadedFile;
import java.util.Map;

/** A function of an expert, from JSON to JSON. */
record ExpertFunction(String name, String doc, boolean predicts, Code code)
        implements ServedFunction, CallBody.Reader<JsonNode> {
    /** What it does with a body. */
    @FunctionalInterface
    interface Code {
        Object call(JsonNode body) throws Exception;
    }

    @Override
    public WorkerIndex.Function describe() {
        return new WorkerIndex.Function("/" + name, doc, null, null);
    }

    @Override
    public Object call(CallBody body) throws Exception {
        return code.call(body.readBy(this));
    }

    /** An empty body has no data either. */
    @Override
    public JsonNode json(byte[] text) {
        return text.length == 0 ? MissingNode.getInstance() : Json.readTree(text);
    }

    @Override
    public JsonNode form(Map<String, String> fields, Map<String, UploadedFile> files) {
        throw new ServingException(FailureKind.UNSUPPORTED_MEDIA_TYPE, name + " takes JSON");
    }
}
