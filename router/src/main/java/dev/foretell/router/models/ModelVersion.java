package dev.foretell.router.models;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.commons.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a registered model: a file that was found good, and what was found in it. Never changes; its JSON form, in
 * which the groups are flat, is what the store keeps.
 *
 * @param number 1 for the first
 * @param sample JSON that it can be warmed up with; null for none
 * @param memory bytes that it takes when it is loaded, as a host measured it; 0 where that is not known
 */
public record ModelVersion(
        int number,
        @JsonUnwrapped File file,
        @JsonUnwrapped Contents contents,
        @Nullable String sample,
        @JsonUnwrapped Origin origin,
        long memory) {
    /**
     * The file by itself.
     *
     * @param digest SHA-256, in lower-case hexadecimal
     * @param runtime what runs it: {@code onnx}
     */
    public record File(String digest, long bytes, String runtime) {}

    /** The content of the file. */
    public record Contents(List<TensorSpec> inputs, List<TensorSpec> outputs, Map<String, String> metadata) {
        public Contents {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            metadata = InsertionOrder.copyOf(metadata);
        }
    }

    /**
     * The origin of the file.
     *
     * @param provenance who uploaded which file, and their description of it
     * @param createdMs when it was registered, in milliseconds since 1970
     */
    public record Origin(Map<String, String> provenance, long createdMs) {
        public Origin {
            provenance = InsertionOrder.copyOf(provenance);
        }
    }

    public String digest() {
        return file.digest();
    }

    public List<TensorSpec> inputs() {
        return contents.inputs();
    }

    public List<TensorSpec> outputs() {
        return contents.outputs();
    }
}
