package dev.foretell.worker.onnx.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import java.io.IOException;
import java.util.Arrays;

/** A tensor. */
record TensorOutput(Tensor tensor) implements ModelOutput {
    private static final double TOLERANCE = 1e-3;

    @Override
    public String name() {
        return tensor.name();
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        TensorJson.writeNested(out, tensor);
    }

    @Override
    public long rows() {
        return Rows.count(tensor);
    }

    @Override
    public ModelOutput rows(long from, long to) {
        return new TensorOutput(Rows.of(tensor, from, to));
    }

    @Override
    public boolean isLike(ModelOutput other) {
        if (!(other instanceof TensorOutput that)
                || tensor.datatype() != that.tensor.datatype()
                || !Arrays.equals(tensor.shape(), that.tensor.shape())) {
            return false;
        }
        for (int i = 0; i < tensor.count(); i++) {
            if (!alike(TensorJson.element(tensor, i), TensorJson.element(that.tensor, i))) {
                return false;
            }
        }
        return true;
    }

    static boolean alike(Object one, Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            return x == y || Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
        }
        return one.equals(other);
    }
}
