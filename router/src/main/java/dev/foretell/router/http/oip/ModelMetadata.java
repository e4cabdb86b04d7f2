package dev.foretell.router.http.oip;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.foretell.commons.tensor.TensorSpec;
import java.util.List;

/**
 * The protocol's model metadata.
 *
 * @param versions omitted if the model has no versions
 */
record ModelMetadata(
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> versions,
        String platform,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs) {
    static ModelMetadata of(OipModel model) {
        return new ModelMetadata(model.name(), model.versions(), model.platform(), model.inputs(), model.outputs());
    }
}
