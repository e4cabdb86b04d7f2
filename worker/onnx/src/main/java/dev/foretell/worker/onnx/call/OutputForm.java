package dev.foretell.worker.onnx.call;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.InferRequest;
import dev.foretell.commons.tensor.InferResponse;
import dev.foretell.worker.onnx.model.ModelOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The format of the outputs. */
interface OutputForm {
    /** {@code {"label": [1], "scores": [[0.1, 0.9]]}}: each output by its name. */
    OutputForm BY_NAME = NamedValues::new;
    /** {@code {"values": [1]}}: the first output, without its name. */
    OutputForm FIRST = outputs -> new FirstValues(outputs.get(0));

    /** A value to write as JSON. */
    Object of(List<ModelOutput> outputs);

    /** The format of the Open Inference Protocol in JSON; native calls do not know the name of the model. */
    static OutputForm protocol(InferRequest request) {
        return outputs -> {
            InferResponse.Encoded answer = InferenceResponse.of(null, null, request, outputs);
            if (answer.jsonLength() >= 0) {
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        "binary outputs are for POST /v2/models/NAME/infer; this URL returns JSON");
            }
            return new RawValue(new String(answer.bytes(), StandardCharsets.UTF_8));
        };
    }

    /** The name and version of the responding model, from {@code iris:2}. */
    static Map.Entry<String, String> nameAndVersion(String model) {
        int colon = model.lastIndexOf(':');
        return colon < 0 ? Map.entry(model, "") : Map.entry(model.substring(0, colon), model.substring(colon + 1));
    }
}
