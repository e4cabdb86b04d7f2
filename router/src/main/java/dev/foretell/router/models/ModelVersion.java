package dev.foretell.router.models;

import dev.foretell.commons.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a registered model: a file that was found good, and what was found in it. Never changes.
 *
 * @param number 1 for the first
 * @param digest SHA-256 of the file, in lower-case hexadecimal
 * @param runtime what runs it: {@code onnx}
 * @param metadata what the file says of itself
 * @param sample JSON that it can be warmed up with; null for none
 * @param provenance where it came from: who uploaded which file, and what they said of it
 * @param createdMs when it was registered, in milliseconds since 1970
 * @param memory bytes that it takes when it is loaded, as a host measured it; 0 where that is not known
 */
public record ModelVersion(
        int number,
        String digest,
        long bytes,
        String runtime,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        Map<String, String> metadata,
        @Nullable String sample,
        Map<String, String> provenance,
        long createdMs,
        long memory) {
    public ModelVersion {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        metadata = InsertionOrder.copyOf(metadata);
        provenance = InsertionOrder.copyOf(provenance);
    }

    /** Of which nobody has measured what it takes. */
    public ModelVersion(
            int number,
            String digest,
            long bytes,
            String runtime,
            List<TensorSpec> inputs,
            List<TensorSpec> outputs,
            Map<String, String> metadata,
            @Nullable String sample,
            Map<String, String> provenance,
            long createdMs) {
        this(number, digest, bytes, runtime, inputs, outputs, metadata, sample, provenance, createdMs, 0);
    }
}
