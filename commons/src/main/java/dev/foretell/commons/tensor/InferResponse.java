package dev.foretell.commons.tensor;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an inference request.
 *
 * @param modelName null where it is not known
 * @param modelVersion null where the model has no versions
 * @param id the request's; null where it had none
 * @param outputs all that the model has
 */
public record InferResponse(
        @Nullable String modelName,
        @Nullable String modelVersion,
        @Nullable String id,
        Map<String, Object> parameters,
        List<Tensor> outputs) {
    /**
     * An answer as it is sent.
     *
     * @param jsonLength how much of it is JSON, which tensors follow; -1 where it is JSON alone
     */
    public record Encoded(byte[] bytes, int jsonLength) {}

    public InferResponse {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        outputs = List.copyOf(outputs);
    }

    /**
     * The answer as its request wants it: the outputs that it names, each in the form that it wants.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} if it wants what is not there or cannot be
     */
    public Encoded encode(InferRequest asked) {
        return new InferResponseWriter(this, asked).write();
    }
}
