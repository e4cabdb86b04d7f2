package dev.foretell.commons.tensor;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response to an inference request.
 *
 * @param modelName null if unknown
 * @param modelVersion null if the model has no versions
 * @param id the id of the request; null if it had none
 * @param outputs all outputs of the model
 */
public record InferResponse(
        @Nullable String modelName,
        @Nullable String modelVersion,
        @Nullable String id,
        Map<String, Object> parameters,
        List<Tensor> outputs) {
    /**
     * An encoded response.
     *
     * @param jsonLength the length of the JSON part, which tensors follow; -1 if the whole body is JSON
     */
    public record Encoded(byte[] bytes, int jsonLength) {}

    public InferResponse {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        outputs = List.copyOf(outputs);
    }

    /**
     * Encodes the outputs that the request names, each in the requested form.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} if an output does not exist or cannot have the
     *     requested form
     */
    public Encoded encode(InferRequest asked) {
        return new InferResponseWriter(this, asked).write();
    }
}
