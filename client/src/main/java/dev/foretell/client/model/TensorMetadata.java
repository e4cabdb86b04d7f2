package dev.foretell.client.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * An input or output of a model, in the terms of the Open Inference Protocol.
 *
 * @param datatype such as {@code FP32} or {@code BYTES}
 * @param shape -1 for a dynamic dimension
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TensorMetadata(String name, String datatype, List<Long> shape) {
    public TensorMetadata {
        name = Given.text(name);
        datatype = Given.text(datatype);
        shape = Given.list(shape);
    }
}
