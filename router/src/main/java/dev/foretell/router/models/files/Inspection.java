package dev.foretell.router.models.files;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of an inspection; memory is 0 if the host did not report it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Inspection(
        String runtime,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        @Nullable Map<String, String> metadata,
        long memory,
        @Nullable JsonNode sample) {
    Inspection {
        Objects.requireNonNull(runtime);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
