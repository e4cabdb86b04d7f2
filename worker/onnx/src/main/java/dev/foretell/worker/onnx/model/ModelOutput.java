package dev.foretell.worker.onnx.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Tensor;
import java.io.IOException;

/** One named output of a run. Immutable. */
public sealed interface ModelOutput permits TensorOutput, MapsOutput, TensorsOutput {
    String name();

    /** Writes it as nested arrays; maps as objects. */
    void write(JsonGenerator out) throws IOException;

    /**
     * The output as one tensor.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} if it cannot be one
     */
    Tensor tensor();

    /** The number of rows along its first dimension; -1 if it has none. */
    long rows();

    /** A range of its rows. */
    ModelOutput rows(long from, long to);

    /** Whether the other is equal up to floating-point rounding. */
    boolean isLike(ModelOutput other);
}
