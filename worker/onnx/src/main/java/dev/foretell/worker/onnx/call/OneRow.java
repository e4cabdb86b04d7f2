package dev.foretell.worker.onnx.call;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;

/** Accepts one row of values for a model that takes rows. */
final class OneRow {
    private OneRow() {}

    /** Adds a first dimension of 1 to a tensor that lacks one. */
    static Tensor of(TensorSpec spec, Tensor tensor) {
        long[] own = tensor.shape();
        boolean isEmpty = own.length > 0 && own[own.length - 1] == 0;
        if (isEmpty
                || own.length + 1 != spec.shape().size()
                || Math.abs(spec.shape().get(0)) != 1) {
            return tensor;
        }
        long[] shape = new long[own.length + 1];
        shape[0] = 1;
        System.arraycopy(own, 0, shape, 1, own.length);
        return tensor.datatype() == Datatype.BYTES
                ? Tensor.of(tensor.name(), shape, tensor.strings())
                : Tensor.of(tensor.name(), tensor.datatype(), shape, tensor.numbers());
    }
}
