package dev.foretell.worker.onnx.call;

import dev.foretell.commons.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a call asks of a model, and in which form it wants the answer.
 *
 * @param outputs names of those that it needs; none for all
 */
record InferenceInput(List<Tensor> inputs, Set<String> outputs, OutputForm form) {
    /**
     * How many rows all of its inputs have along their first dimension; -1 where they differ in that, or one has no
     * dimension, or there is none.
     */
    long rows() {
        long rows = -1;
        for (Tensor input : inputs) {
            long[] shape = input.shape();
            if (shape.length == 0 || (rows >= 0 && shape[0] != rows)) {
                return -1;
            }
            rows = shape[0];
        }
        return rows;
    }

    /** All that two questions must have in common to be run as one. */
    List<Object> kind() {
        List<Object> kind = new ArrayList<>();
        kind.add(outputs);
        for (Tensor input : inputs) {
            kind.add(input.name());
            kind.add(input.datatype());
            long[] shape = input.shape();
            for (int i = 1; i < shape.length; i++) {
                kind.add(shape[i]);
            }
        }
        return kind;
    }
}
