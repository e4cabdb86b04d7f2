package dev.foretell.worker.onnx.call;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;

/** Completes arrays that end at the first empty level: {@code []} has no rows, however many dimensions rows have. */
final class EmptyArrays {
    private EmptyArrays() {}

    /** Adds the missing dimensions of the model to a tensor without elements; 1 for a dynamic dimension. */
    static Tensor of(TensorSpec spec, Tensor tensor) {
        long[] own = tensor.shape();
        List<Long> all = spec.shape();
        if (own.length == 0 || own[own.length - 1] != 0 || own.length >= all.size()) {
            return tensor;
        }
        long[] shape = new long[all.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = i < own.length ? own[i] : Math.abs(all.get(i));
        }
        return tensor.datatype() == Datatype.BYTES
                ? Tensor.of(tensor.name(), shape, List.of())
                : Tensor.of(tensor.name(), tensor.datatype(), shape, ByteBuffer.allocate(0));
    }
}
