package dev.foretell.worker.onnx.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Tensor;
import java.io.IOException;

/** What a model made of its inputs, under one name. Immutable. */
public sealed interface ModelOutput permits TensorOutput, MapsOutput, TensorsOutput {
    String name();

    /** Writes it as nested arrays; maps as objects. */
    void write(JsonGenerator out) throws IOException;

    /**
     * It as one tensor.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} where it is none
     */
    Tensor tensor();

    /** How many rows it has along its first dimension; -1 where that means nothing. */
    long rows();

    /** Those rows of it, from the one to before the other. */
    ModelOutput rows(long from, long to);

    /** Whether the other is the same but for what floating point does. */
    boolean isLike(ModelOutput other);
}
