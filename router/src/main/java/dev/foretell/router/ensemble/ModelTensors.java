package dev.foretell.router.ensemble;

import dev.foretell.commons.tensor.TensorSpec;
import java.util.List;
import java.util.Map;

/**
 * What a model takes and gives; empty where nothing is known.
 *
 * @param classes names of the classes, in order, by the output that has their probabilities
 */
public record ModelTensors(
        List<TensorSpec> inputs, List<TensorSpec> outputs, Form form, Map<String, List<String>> classes) {
    /** Where a model's response has its outputs. */
    public enum Form {
        /** The response is itself the only output. */
        VALUE,
        /** Fields of an object. */
        FIELDS,
        /** Fields of an object, each of them an array with an element for each row. */
        ROWS
    }

    public ModelTensors {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        classes = Map.copyOf(classes);
    }
}
