package dev.foretell.worker.onnx.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.worker.onnx.model.NoMemoryException;
import dev.foretell.worker.onnx.model.OnnxModel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Zeros in the shape that a model takes, with 1 for dynamic dimensions. */
final class ZeroSample {
    /** Maximum number of elements of all inputs in a trial run. */
    static final long MAX_RUN = 4 << 20;
    /** A sample is stored with its model and sent at each warm-up. */
    private static final long MAX_KEPT = 16_384;

    private ZeroSample() {}

    /**
     * Runs the model with zeros; null if they are too large, cannot be JSON, or are refused.
     *
     * @throws NoMemoryException if the run runs out of memory: without enough for its smallest input, there is none for
     *     others
     */
    static @Nullable JsonNode of(OnnxModel model) {
        List<Tensor> zeros = new ArrayList<>();
        long elements = 0;
        for (TensorSpec input : model.inputs()) {
            long[] shape = shape(input);
            elements += count(shape);
            if (elements > MAX_RUN || input.datatype() == Datatype.BF16) {
                return null;
            }
            zeros.add(zeros(input, shape));
        }
        return runs(model, zeros) && elements <= MAX_KEPT ? json(zeros) : null;
    }

    /** 1 for dynamic dimensions. */
    static long[] shape(TensorSpec input) {
        return input.shape().stream()
                .mapToLong(length -> length < 0 ? 1 : length)
                .toArray();
    }

    /** Counts to one more than the maximum. */
    static long count(long[] shape) {
        try {
            return Math.min(Tensor.count(shape), MAX_RUN + 1);
        } catch (ArithmeticException e) {
            return MAX_RUN + 1;
        }
    }

    static Tensor zeros(TensorSpec input, long[] shape) {
        int count = (int) Tensor.count(shape);
        return input.datatype() == Datatype.BYTES
                ? Tensor.of(input.name(), shape, Collections.nCopies(count, new byte[0]))
                : Tensor.of(
                        input.name(),
                        input.datatype(),
                        shape,
                        ByteBuffer.allocate(count * input.datatype().width()));
    }

    private static boolean runs(OnnxModel model, List<Tensor> zeros) {
        try {
            model.run(zeros);
            return true;
        } catch (NoMemoryException e) {
            throw new NoMemoryException(e.kind(), "one run of it takes more", e);
        } catch (ServingException e) {
            return false;
        }
    }

    private static JsonNode json(List<Tensor> zeros) {
        Map<String, Object> values = new LinkedHashMap<>();
        zeros.forEach(tensor -> values.put(tensor.name(), TensorJson.nest(tensor)));
        return Json.MAPPER.valueToTree(values);
    }
}
