package dev.foretell.worker.onnx.model;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Tensors as rows along their first dimension. */
public final class Rows {
    private Rows() {}

    /** -1 for a tensor without dimensions. */
    static long count(Tensor tensor) {
        long[] shape = tensor.shape();
        return shape.length == 0 ? -1 : shape[0];
    }

    static Tensor of(Tensor tensor, long from, long to) {
        long[] shape = tensor.shape();
        int row = (int) (shape[0] == 0 ? 0 : tensor.count() / shape[0]);
        shape[0] = to - from;
        if (tensor.datatype() == Datatype.BYTES) {
            List<byte[]> strings = tensor.strings().subList((int) from * row, (int) to * row);
            return Tensor.of(tensor.name(), shape, strings);
        }
        int width = row * tensor.datatype().width();
        ByteBuffer numbers = tensor.numbers().slice((int) from * width, (int) (to - from) * width);
        return Tensor.of(tensor.name(), tensor.datatype(), shape, numbers);
    }

    /** The tensor as the only row of one. */
    static Tensor single(Tensor tensor) {
        long[] own = tensor.shape();
        long[] shape = new long[own.length + 1];
        shape[0] = 1;
        System.arraycopy(own, 0, shape, 1, own.length);
        return tensor.datatype() == Datatype.BYTES
                ? Tensor.of(tensor.name(), shape, tensor.strings())
                : Tensor.of(tensor.name(), tensor.datatype(), shape, tensor.numbers());
    }

    /** A tensor of a model's type with no rows. */
    static Tensor none(TensorSpec spec) {
        long[] shape =
                spec.shape().stream().mapToLong(length -> Math.max(0, length)).toArray();
        shape[0] = 0;
        return spec.datatype() == Datatype.BYTES
                ? Tensor.of(spec.name(), shape, List.of())
                : Tensor.of(spec.name(), spec.datatype(), shape, ByteBuffer.allocate(0));
    }

    /** Joins the rows of tensors that differ only in their rows. */
    public static Tensor join(List<Tensor> tensors) {
        Tensor first = tensors.get(0);
        long[] shape = first.shape();
        shape[0] = 0;
        int bytes = 0;
        for (Tensor tensor : tensors) {
            shape[0] += count(tensor);
            bytes = Math.addExact(bytes, tensor.numbers().remaining());
        }
        if (first.datatype() == Datatype.BYTES) {
            List<byte[]> strings = new ArrayList<>();
            tensors.forEach(tensor -> strings.addAll(tensor.strings()));
            return Tensor.of(first.name(), shape, strings);
        }
        ByteBuffer numbers = ByteBuffer.allocate(bytes);
        tensors.forEach(tensor -> numbers.put(tensor.numbers()));
        return Tensor.of(first.name(), first.datatype(), shape, numbers.flip());
    }
}
