package dev.foretell.worker.onnx.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.worker.onnx.model.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A sample of what a model takes, in the native form, and proof that the model takes it: the one that its metadata names
 * {@code foretell.sample}; else zeros, where the lengths of all dimensions but the first are known.
 */
public final class SampleMaker {
    static final String KEY = "foretell.sample";
    /** Most elements of an input made up: a sample is kept in the registry. */
    private static final long LARGEST = 1 << 18;

    /** What the runtime says then. */
    private static final Pattern OUT_OF_MEMORY = Pattern.compile("bad_alloc|Failed to allocate");

    private SampleMaker() {}

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} if the model does not take the sample that it names itself */
    public static Optional<JsonNode> of(OnnxModel model) {
        String said = model.metadata().get(KEY);
        return said == null ? zeros(model) : Optional.of(own(model, said));
    }

    private static JsonNode own(OnnxModel model, String said) {
        try {
            JsonNode sample = Json.readTree(said.getBytes(StandardCharsets.UTF_8));
            List<Tensor> inputs = new ArrayList<>();
            for (TensorSpec spec : model.inputs()) {
                JsonNode value = sample.path(spec.name());
                if (value.isMissingNode()) {
                    throw new ServingException(FailureKind.INVALID_INPUT, "'" + spec.name() + "' is missing");
                }
                inputs.add(TensorJson.read(spec, value, null));
            }
            model.run(inputs);
            return sample;
        } catch (ServingException e) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the model does not take the sample that its metadata names " + KEY + ": " + e.detail(),
                    e);
        }
    }

    /** None where the model does not take zeros: that is no fault of it, unless memory is short. */
    private static Optional<JsonNode> zeros(OnnxModel model) {
        List<Tensor> inputs = new ArrayList<>();
        for (TensorSpec spec : model.inputs()) {
            zeros(spec).ifPresent(inputs::add);
        }
        if (inputs.size() < model.inputs().size()) {
            return Optional.empty();
        }
        try {
            model.run(inputs);
            return Optional.of(json(inputs));
        } catch (ServingException e) {
            requireMemory(e.detail());
            return Optional.empty();
        }
    }

    /** Nobody could call it either. */
    private static void requireMemory(String detail) {
        if (OUT_OF_MEMORY.matcher(detail).find()) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, "the model needs more memory for one call than a host has");
        }
    }

    private static Optional<Tensor> zeros(TensorSpec spec) {
        long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
        if (shape.length > 0 && shape[0] < 0) {
            shape[0] = 1;
        }
        long count = 1;
        for (long length : shape) {
            count = length < 0 || count > LARGEST || length > LARGEST ? Long.MAX_VALUE : count * length;
        }
        return count > LARGEST || spec.datatype() == Datatype.BF16 ? Optional.empty() : Optional.of(zeros(spec, shape));
    }

    private static Tensor zeros(TensorSpec spec, long[] shape) {
        int count = (int) Tensor.count(shape);
        return spec.datatype() == Datatype.BYTES
                ? Tensor.of(spec.name(), shape, Collections.nCopies(count, new byte[0]))
                : Tensor.of(
                        spec.name(),
                        spec.datatype(),
                        shape,
                        ByteBuffer.allocate(count * spec.datatype().width()));
    }

    private static JsonNode json(List<Tensor> inputs) {
        ObjectNode sample = Json.MAPPER.createObjectNode();
        inputs.forEach(input -> sample.set(input.name(), Json.MAPPER.valueToTree(TensorJson.nested(input))));
        return sample;
    }
}
