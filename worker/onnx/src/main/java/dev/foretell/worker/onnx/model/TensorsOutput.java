package dev.foretell.worker.onnx.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import dev.foretell.commons.tensor.TensorSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A sequence of tensors, each with its own shape. If all have the same shape, it is one tensor with a first dimension
 * for the sequence.
 *
 * @param spec its declaration as one tensor
 */
record TensorsOutput(String name, List<Tensor> tensors, TensorSpec spec) implements ModelOutput {
    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Tensor tensor : tensors) {
            TensorJson.writeNested(out, tensor);
        }
        out.writeEndArray();
    }

    @Override
    public Tensor tensor() {
        if (tensors.isEmpty()) {
            return Rows.none(spec);
        }
        Tensor first = tensors.get(0);
        boolean isOne = tensors.stream()
                .allMatch(tensor ->
                        tensor.datatype() == first.datatype() && Arrays.equals(tensor.shape(), first.shape()));
        if (!isOne) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the output '" + name
                            + "' is a sequence of tensors of different shapes, for which the protocol has no format"
                            + "; use POST /v1/{type}_model/predict");
        }
        return Rows.join(tensors.stream().map(Rows::single).toList());
    }

    @Override
    public long rows() {
        return -1;
    }

    @Override
    public ModelOutput rows(long from, long to) {
        throw new IllegalStateException("a sequence of tensors has no rows");
    }

    @Override
    public boolean isLike(ModelOutput other) {
        return false;
    }
}
