package dev.foretell.worker.onnx.call;

import dev.foretell.commons.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The input of a call, and the format of its response.
 *
 * @param outputs the names of the outputs that it needs; empty for all
 */
record InferenceInput(List<Tensor> inputs, Set<String> outputs, OutputForm form) {
    /**
     * The common number of rows along the first dimension of all inputs; -1 if they differ, or an input has no
     * dimensions, or there is no input.
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

    /** Two inputs with equal kinds can run as one. */
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
