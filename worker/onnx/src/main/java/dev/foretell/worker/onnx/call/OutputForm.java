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

/** How outputs are answered. */
interface OutputForm {
    /** {@code {"label": [1], "scores": [[0.1, 0.9]]}}: each output by its name. */
    OutputForm BY_NAME = NamedValues::new;
    /** {@code {"values": [1]}}: the first output, for those who do not care for names. */
    OutputForm FIRST = outputs -> new FirstValues(outputs.get(0));

    /** A value that is written as JSON. */
    Object of(List<ModelOutput> outputs);

    /** What the Open Inference Protocol says, in JSON; which model answers, native calls do not tell. */
    static OutputForm protocol(InferRequest request) {
        return outputs -> {
            InferResponse.Encoded answer = InferenceResponse.of(null, null, request, outputs);
            if (answer.jsonLength() >= 0) {
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        "binary outputs are for POST /v2/models/NAME/infer; here JSON is answered");
            }
            return new RawValue(new String(answer.bytes(), StandardCharsets.UTF_8));
        };
    }

    /** Whose answers these are: {@code iris:2} as name and version. */
    static Map.Entry<String, String> nameAndVersion(String model) {
        int colon = model.lastIndexOf(':');
        return colon < 0 ? Map.entry(model, "") : Map.entry(model.substring(0, colon), model.substring(colon + 1));
    }
}
