package dev.foretell.commons.tensor;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An inference request of the Open Inference Protocol v2.
 *
 * @param id the response repeats it; null if the request has none
 * @param parameters texts, numbers (Long, BigInteger, Double) and booleans
 * @param outputs the requested outputs; empty for all
 * @param binaryOutputs whether outputs are binary by default
 */
public record InferRequest(
        @Nullable String id,
        Map<String, Object> parameters,
        List<Tensor> inputs,
        List<Output> outputs,
        boolean binaryOutputs) {
    /**
     * A requested output.
     *
     * @param classification the number of largest elements to return as text in place of the output; 0 for the output
     *     itself
     */
    public record Output(String name, boolean binary, int classification) {}

    public InferRequest {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Reads a request. Its tensors may reference the body.
     *
     * @param jsonLength the length of the JSON part, which tensors follow; -1 if the whole body is JSON
     * @throws ServingException {@link FailureKind#MALFORMED}, or {@link FailureKind#INVALID_INPUT} with the tensor, the
     *     expected and the actual value
     */
    public static InferRequest read(byte[] body, int jsonLength) {
        return new InferRequestReader(body, jsonLength < 0 ? body.length : jsonLength).read();
    }

    /**
     * Reads a raw request, which has no JSON: the body is the data of the model's only input, and the response has
     * binary outputs. The length of the body determines one dynamic dimension; with several dynamic dimensions, the
     * first one is 1.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT}
     */
    public static InferRequest raw(byte[] body, List<TensorSpec> inputs) {
        if (inputs.size() != 1) {
            throw Misfit.of("a body without a JSON part is for models of one input; this one has " + inputs.size());
        }
        TensorSpec only = inputs.get(0);
        Tensor tensor = only.datatype() == Datatype.BYTES
                ? Tensor.of(only.name(), RawShape.ofOne(only), List.of(body))
                : TensorBinary.read(
                        only.name(), only.datatype(), RawShape.of(only, body.length), ByteBuffer.wrap(body));
        return new InferRequest(null, Map.of(), List.of(tensor), List.of(), true);
    }

    /** The names of the requested outputs, in order; empty for all. */
    public Set<String> outputNames() {
        Set<String> names = new LinkedHashSet<>();
        outputs.forEach(output -> names.add(output.name()));
        return names;
    }

    /** The request for this output, or the default for outputs that the request does not name. */
    Output asks(String output) {
        return outputs.stream()
                .filter(one -> one.name().equals(output))
                .findFirst()
                .orElseGet(() -> new Output(output, binaryOutputs, 0));
    }
}
