package dev.foretell.worker.onnx.model;

import ai.onnxruntime.OrtException;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** ONNX Runtime's messages about a model or an input, without paths and source positions. */
final class RuntimeWords {
    private static final int MAX = 600;
    private static final Pattern CODE = Pattern.compile("^Error code - \\w+ - message: ");
    private static final Pattern LOAD = Pattern.compile("Load model from .*? failed: ?");
    /** {@code /onnxruntime_src/…/model.cc:192 onnxruntime::Model::Model(…) }, up to the start of the sentence. */
    private static final Pattern SOURCE =
            Pattern.compile("\\S*/\\S+\\.(?:cc|h|cpp):\\d+ .*?(?=\\b(?:ONNX|[A-Z][a-z]+) [A-Za-z*])");

    private static final Pattern NO_MEMORY = Pattern.compile("bad_alloc|Failed to allocate memory");

    private static final Pattern PLACE = Pattern.compile("(?<![\\w)])(?:/[\\w.+~-]+){2,}");

    private RuntimeWords() {}

    static ServingException cannotLoad(OrtException failure) {
        String words = "the model cannot be loaded: " + clean(failure);
        return isOfMemory(failure)
                ? new NoMemoryException(FailureKind.WORKERS_BUSY, words, failure)
                : new ServingException(FailureKind.INVALID_INPUT, words, failure);
    }

    /**
     * Replaces the runtime's incomprehensible message for an empty batch.
     *
     * @param isAlone whether no other run can have taken the missing memory
     */
    static ServingException cannotRun(List<Tensor> given, OrtException failure, boolean isAlone) {
        if (isOfMemory(failure)) {
            return isAlone
                    ? new NoMemoryException(
                            FailureKind.INVALID_INPUT,
                            "for this input the model takes more memory than there is for runs (onnx.run-memory): "
                                    + clean(failure),
                            failure)
                    : new ServingException(
                            FailureKind.WORKERS_BUSY, "other runs have taken the memory for this one", failure);
        }
        for (Tensor tensor : given) {
            if (Arrays.stream(tensor.shape()).anyMatch(length -> length == 0)) {
                return new ServingException(
                        FailureKind.INVALID_INPUT,
                        "the model cannot process a batch without rows: '" + tensor.name() + "' has the shape "
                                + Arrays.toString(tensor.shape()),
                        failure);
            }
        }
        return new ServingException(
                FailureKind.INVALID_INPUT, "the model cannot take this input: " + clean(failure), failure);
    }

    private static boolean isOfMemory(OrtException failure) {
        return NO_MEMORY.matcher(String.valueOf(failure.getMessage())).find();
    }

    static String clean(OrtException failure) {
        return clean(String.valueOf(failure.getMessage()));
    }

    static String clean(String message) {
        String words = CODE.matcher(message).replaceFirst("");
        words = LOAD.matcher(words).replaceAll("");
        words = SOURCE.matcher(words).replaceAll("");
        words = PLACE.matcher(words).replaceAll("…").replaceAll("\\s+", " ").strip();
        return words.length() > MAX ? words.substring(0, MAX) + "…" : words;
    }
}
