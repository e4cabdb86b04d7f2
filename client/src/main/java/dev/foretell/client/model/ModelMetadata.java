package dev.foretell.client.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * The inputs and outputs of a model, function or ensemble.
 *
 * @param versions empty where there are none
 * @param platform such as {@code java_function} or {@code onnx_onnxv1}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<TensorMetadata> inputs,
        List<TensorMetadata> outputs) {
    public ModelMetadata {
        name = Given.text(name);
        versions = Given.list(versions);
        platform = Given.text(platform);
        inputs = Given.list(inputs);
        outputs = Given.list(outputs);
    }
}
