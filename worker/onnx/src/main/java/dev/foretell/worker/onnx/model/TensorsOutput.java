package dev.foretell.worker.onnx.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import java.io.IOException;
import java.util.List;

/** A sequence of tensors, each of its own shape. */
record TensorsOutput(String name, List<Tensor> tensors) implements ModelOutput {
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
        throw new ServingException(
                FailureKind.INVALID_INPUT,
                "the output '" + name + "' is a sequence of tensors, which the protocol has no form for");
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
