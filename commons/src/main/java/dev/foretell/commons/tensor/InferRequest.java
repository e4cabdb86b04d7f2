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
 * @param id to be repeated in the answer; null where none was given
 * @param parameters texts, numbers (Long, BigInteger, Double) and truths
 * @param outputs those that are wanted; none for all
 * @param binaryOutputs whether outputs that do not say otherwise are to be in binary form
 */
public record InferRequest(
        @Nullable String id,
        Map<String, Object> parameters,
        List<Tensor> inputs,
        List<Output> outputs,
        boolean binaryOutputs) {
    /**
     * An output that is wanted.
     *
     * @param classification how many of its largest elements are wanted, as text, instead of itself; 0 for itself
     */
    public record Output(String name, boolean binary, int classification) {}

    public InferRequest {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Reads a request. Its tensors may keep hold of the body.
     *
     * @param jsonLength how much of the body is JSON; tensors follow it; -1 where it is JSON alone
     * @throws ServingException {@link FailureKind#MALFORMED}, or {@link FailureKind#INVALID_INPUT} naming the tensor, what was
     *     expected and what came
     */
    public static InferRequest read(byte[] body, int jsonLength) {
        return new InferRequestReader(body, jsonLength < 0 ? body.length : jsonLength).read();
    }

    /**
     * A request in raw form, whose JSON has no length: the body is the data of a model's only input, and the answer's outputs
     * are binary. One dimension that may vary is told by the length of the body; of several, the first is 1.
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

    /** Names of the outputs that are wanted, in their order; none for all. */
    public Set<String> outputNames() {
        Set<String> names = new LinkedHashSet<>();
        outputs.forEach(output -> names.add(output.name()));
        return names;
    }

    /** What it says of an output; of one that it does not name, what it says of all. */
    Output asks(String output) {
        return outputs.stream()
                .filter(one -> one.name().equals(output))
                .findFirst()
                .orElseGet(() -> new Output(output, binaryOutputs, 0));
    }
}
