package dev.foretell.commons.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.json.Utf8;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an inference request in one pass, without a tree. Used once. */
final class InferRequestReader {
    private static final int MAX_TENSORS = 1024;

    private final byte[] body;
    private final int jsonLength;
    private final List<Tensor> inputs = new ArrayList<>(2);
    private final Set<String> names = new HashSet<>();
    private final Set<String> outputNames = new HashSet<>(0);
    private final List<OutputReader> outputs = new ArrayList<>(0);
    private Map<String, Object> parameters = Map.of();
    private @Nullable String id;
    private boolean inputsGiven;
    private int read;

    InferRequestReader(byte[] body, int jsonLength) {
        this.body = body;
        this.jsonLength = jsonLength;
        this.read = jsonLength;
    }

    InferRequest read() {
        Utf8.requireJson(body, jsonLength);
        try (JsonParser in = Json.FACTORY.createParser(body, 0, jsonLength)) {
            object(in);
        } catch (JsonProcessingException e) {
            throw TensorJson.malformation(e);
        } catch (IOException e) {
            throw new ServingException(FailureKind.MALFORMED, "the body could not be read", e);
        }
        if (!inputsGiven) {
            throw Misfit.of(
                    "inputs are missing: expected {\"inputs\": [{\"name\", \"shape\", \"datatype\", \"data\"}]}");
        }
        if (read != body.length) {
            throw Misfit.of("the body has " + (body.length - read) + " bytes after what its inputs say");
        }
        boolean binary = Fields.truth("parameters.binary_data_output", parameters.get("binary_data_output"));
        return new InferRequest(
                id,
                parameters,
                inputs,
                outputs.stream().map(output -> output.toOutput(binary)).toList(),
                binary);
    }

    private void object(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw Misfit.of(in.currentToken() == null ? "the body is empty" : "the body must be an object with inputs");
        }
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            field(name, in);
        }
        if (in.nextToken() != null) {
            throw new ServingException(FailureKind.MALFORMED, "something follows the end of the body's object");
        }
    }

    private void field(String name, JsonParser in) throws IOException {
        switch (name) {
            case "id" -> id = in.currentToken() == JsonToken.VALUE_NULL ? null : Fields.text("id", in);
            case "parameters" -> parameters = Fields.parameters("parameters", in);
            case "inputs" -> inputs(in);
            case "outputs" -> outputs(in);
            default -> in.skipChildren();
        }
    }

    private void inputs(JsonParser in) throws IOException {
        if (inputsGiven) {
            throw Misfit.of("inputs are given twice");
        }
        inputsGiven = true;
        Fields.requireArray("inputs", in);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Fields.requireObject("an input", in);
            add(new InputReader(body, jsonLength).read(in));
        }
    }

    private void add(InputReader input) throws IOException {
        Tensor tensor = input.isBinary() ? input.tensor(binary(input)) : input.tensor();
        if (!names.add(tensor.name()) || inputs.size() == MAX_TENSORS) {
            throw Misfit.of(tensor.name(), "it is given twice, or one of more than " + MAX_TENSORS);
        }
        inputs.add(tensor);
    }

    private ByteBuffer binary(InputReader input) {
        long size = input.binarySize();
        if (size > body.length - read) {
            throw Misfit.of(input.name(), size + " bytes after the JSON", (body.length - read) + "");
        }
        ByteBuffer bytes = ByteBuffer.wrap(body, read, (int) size).slice();
        read += (int) size;
        return bytes;
    }

    private void outputs(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        Fields.requireArray("outputs", in);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Fields.requireObject("an output", in);
            add(new OutputReader().read(in));
        }
    }

    private void add(OutputReader output) {
        outputs.add(output);
        if (outputs.size() > MAX_TENSORS) {
            throw Misfit.of("expected at most " + MAX_TENSORS + " outputs, got more");
        }
        if (!outputNames.add(output.name())) {
            throw Misfit.of(output.name(), "this output is asked for twice");
        }
    }
}
