package dev.foretell.commons.tensor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.InferRequest.Output;
import dev.foretell.commons.tensor.InferResponse.Encoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the response to an inference request. Used once. */
final class InferResponseWriter {
    private final InferResponse response;
    private final InferRequest asked;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final List<Tensor> binary = new ArrayList<>(0);

    InferResponseWriter(InferResponse response, InferRequest asked) {
        this.response = response;
        this.asked = asked;
    }

    Encoded write() {
        List<Tensor> wanted = selectOutputs();
        try (JsonGenerator out = Json.FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            head(out);
            out.writeArrayFieldStart("outputs");
            for (Tensor tensor : wanted) {
                output(out, tensor);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        int jsonLength = binary.isEmpty() ? -1 : bytes.size();
        binary.forEach(tensor -> TensorBinary.write(bytes, tensor));
        return new Encoded(bytes.toByteArray(), jsonLength);
    }

    private List<Tensor> selectOutputs() {
        return asked.outputs().isEmpty()
                ? response.outputs()
                : asked.outputs().stream().map(this::output).toList();
    }

    private Tensor output(Output wanted) {
        return response.outputs().stream()
                .filter(tensor -> tensor.name().equals(wanted.name()))
                .findFirst()
                .orElseThrow(() -> Misfit.of("there is no output '" + Misfit.abbreviate(wanted.name())
                        + "'; the model has "
                        + String.join(
                                ", ",
                                response.outputs().stream().map(Tensor::name).toList())));
    }

    private void head(JsonGenerator out) throws IOException {
        if (response.modelName() != null) {
            out.writeStringField("model_name", response.modelName());
        }
        if (response.modelVersion() != null) {
            out.writeStringField("model_version", response.modelVersion());
        }
        String id = response.id() != null ? response.id() : asked.id();
        if (id != null) {
            out.writeStringField("id", id);
        }
        if (!response.parameters().isEmpty()) {
            out.writeObjectFieldStart("parameters");
            for (Map.Entry<String, Object> parameter : response.parameters().entrySet()) {
                out.writeFieldName(parameter.getKey());
                out.writeObject(parameter.getValue());
            }
            out.writeEndObject();
        }
    }

    /** Parameters are texts, numbers or booleans, so several labels are one JSON text. */
    private static void parameters(JsonGenerator out, Tensor tensor, Output wish) throws IOException {
        if (!wish.binary() && tensor.labels().isEmpty()) {
            return;
        }
        out.writeObjectFieldStart("parameters");
        if (wish.binary()) {
            out.writeNumberField("binary_data_size", TensorBinary.size(tensor));
        }
        if (!tensor.labels().isEmpty()) {
            out.writeStringField("labels", Json.writeText(tensor.labels()));
        }
        out.writeEndObject();
    }

    private void output(JsonGenerator out, Tensor whole) throws IOException {
        Output wish = asked.asks(whole.name());
        Tensor tensor = wish.classification() > 0 ? Classification.of(whole, wish.classification()) : whole;
        out.writeStartObject();
        out.writeStringField("name", tensor.name());
        out.writeStringField("datatype", tensor.datatype().name());
        out.writeFieldName("shape");
        out.writeArray(tensor.shape(), 0, tensor.shape().length);
        parameters(out, tensor, wish);
        if (wish.binary()) {
            binary.add(tensor);
        } else if (tensor.datatype() == Datatype.BF16) {
            throw Misfit.of(tensor.name(), "binary_data true, because it is BF16", "JSON");
        } else {
            out.writeFieldName("data");
            TensorJson.writeFlat(out, tensor);
        }
        out.writeEndObject();
    }
}
