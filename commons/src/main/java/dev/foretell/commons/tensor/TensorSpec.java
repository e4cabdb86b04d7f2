package dev.foretell.commons.tensor;

import java.util.List;

/**
 * What a model says of one input or output.
 *
 * @param shape its dimensions; -1 for one that may vary
 */
public record TensorSpec(String name, Datatype datatype, List<Long> shape) {
    public TensorSpec {
        shape = List.copyOf(shape);
    }
}
