package dev.foretell.worker.onnx.call;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.json.Utf8;
import dev.foretell.commons.tensor.InferRequest;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.UploadedFile;
import dev.foretell.worker.onnx.model.OnnxModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses the input of a model: inputs by name, {@code {"values": …}} or a bare array for the only input, rows of named
 * values, a request of the Open Inference Protocol, or an image. Thread-safe.
 */
final class NativeReader implements CallBody.Reader<InferenceInput> {
    static final String CONTENT_TYPE = "content-type";
    /** The possible first names of a request of the protocol. */
    private static final Set<String> PROTOCOL = Set.of("inputs", "id", "parameters", "outputs");

    private final List<TensorSpec> inputs;
    private final Set<String> first;
    private final PictureReader pictures;
    private final Columns columns;

    NativeReader(OnnxModel model) {
        this.inputs = model.inputs();
        this.columns = Columns.of(inputs, model.metadata());
        this.first = Set.of(model.outputs().get(0).name());
        this.pictures = new PictureReader(inputs, first, model.metadata());
    }

    /** As {@link Columns#requireDistinct}. */
    void requireDistinctColumns() {
        columns.requireDistinct();
    }

    @Override
    public InferenceInput bytes(byte[] body, Map<String, String> headers) {
        return headers.getOrDefault(CONTENT_TYPE, "").startsWith("image/") ? pictures.read(body) : json(body);
    }

    @Override
    public InferenceInput form(Map<String, String> fields, Map<String, UploadedFile> files) {
        return pictures.read(files);
    }

    @Override
    public InferenceInput json(byte[] text) {
        Utf8.requireJson(text, text.length);
        try (JsonParser in = Json.FACTORY.createParser(text)) {
            JsonToken first = in.nextToken();
            if (first == JsonToken.START_ARRAY) {
                return requireEnd(in, RowsReader.areIn(text, columns) ? rows(in) : values(in));
            } else if (first == JsonToken.START_OBJECT) {
                return isRow(text) ? requireEnd(in, row(in)) : object(in, text);
            }
            throw first == null
                    ? new ServingException(FailureKind.MALFORMED, "the body is empty")
                    : misfit("expected an object of inputs, got " + first.asString());
        } catch (JsonProcessingException e) {
            throw TensorJson.malformation(e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private InferenceInput rows(JsonParser in) throws IOException {
        RowsReader rows = new RowsReader(in, columns);
        in.nextToken();
        return rows.all(in);
    }

    private InferenceInput row(JsonParser in) throws IOException {
        RowsReader row = new RowsReader(in, columns);
        in.nextToken();
        return row.one(in);
    }

    /** Whether the first name of an object has a scalar value; inputs by name have arrays. */
    private boolean isRow(byte[] text) throws IOException {
        if (!columns.areKnown()) {
            return false;
        }
        try (JsonParser in = Json.FACTORY.createParser(text)) {
            in.nextToken();
            String name = in.nextFieldName();
            return name != null
                    && !in.nextToken().isStructStart()
                    && (columns.names().contains(name) || !(name.equals(FirstValues.FIELD) || PROTOCOL.contains(name)));
        }
    }

    private InferenceInput object(JsonParser in, byte[] text) throws IOException {
        List<Tensor> tensors = new ArrayList<>(inputs.size());
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            TensorSpec spec = spec(in.currentName());
            if (spec == null) {
                return readUnnamed(in, text);
            }
            in.nextToken();
            tensors.add(
                    EmptyArrays.of(spec, TensorJson.read(in, spec.name(), spec.datatype(), null, Integer.MAX_VALUE)));
        }
        requireOnce(tensors);
        return requireEnd(in, new InferenceInput(tensors, Set.of(), OutputForm.BY_NAME));
    }

    /** An object that does not start with the name of an input. */
    private InferenceInput readUnnamed(JsonParser in, byte[] text) throws IOException {
        String name = in.currentName();
        if (PROTOCOL.contains(name)) {
            InferRequest request = InferRequest.read(text, -1);
            return new InferenceInput(request.inputs(), request.outputNames(), OutputForm.protocol(request));
        } else if (name.equals(FirstValues.FIELD)) {
            in.nextToken();
            InferenceInput question = values(in);
            requireEndOfObject(in);
            return requireEnd(in, question);
        }
        throw misfit("there is no input '" + NearestNames.abbreviate(name) + "'");
    }

    private InferenceInput values(JsonParser in) throws IOException {
        if (inputs.size() != 1) {
            throw misfit("'" + FirstValues.FIELD + "' is for models of one input");
        }
        TensorSpec spec = inputs.get(0);
        Tensor tensor = TensorJson.read(in, spec.name(), spec.datatype(), null, Integer.MAX_VALUE);
        return new InferenceInput(List.of(EmptyArrays.of(spec, OneRow.of(spec, tensor))), first, OutputForm.FIRST);
    }

    private InferenceInput requireEnd(JsonParser in, InferenceInput question) throws IOException {
        if (in.nextToken() != null) {
            throw misfit("there is more than the inputs");
        }
        return question;
    }

    private void requireEndOfObject(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.END_OBJECT) {
            throw misfit("there is more than '" + FirstValues.FIELD + "'");
        }
    }

    private void requireOnce(List<Tensor> tensors) {
        for (int i = 1; i < tensors.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (tensors.get(i).name().equals(tensors.get(j).name())) {
                    throw misfit("the input '" + tensors.get(i).name() + "' is given twice");
                }
            }
        }
    }

    private @Nullable TensorSpec spec(String name) {
        for (TensorSpec input : inputs) {
            if (input.name().equals(name)) {
                return input;
            }
        }
        return null;
    }

    private ServingException misfit(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what + "; the model takes " + words());
    }

    private String words() {
        return inputs.stream()
                .map(input -> input.name() + " " + input.datatype() + " " + input.shape())
                .collect(Collectors.joining(", "));
    }
}
