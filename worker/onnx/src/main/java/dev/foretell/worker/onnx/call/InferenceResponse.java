package dev.foretell.worker.onnx.call;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.tensor.InferRequest;
import dev.foretell.commons.tensor.InferResponse;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.worker.onnx.model.ModelOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes outputs in the format of the Open Inference Protocol. */
final class InferenceResponse {
    private InferenceResponse() {}

    static InferResponse.Encoded of(
            @Nullable String model, @Nullable String version, InferRequest request, List<ModelOutput> outputs) {
        requireThere(request, outputs);
        List<Tensor> tensors = new ArrayList<>();
        for (ModelOutput output : outputs) {
            if (isWanted(request, output.name())) {
                tensors.add(output.tensor());
            }
        }
        return new InferResponse(model, version, request.id(), Map.of(), tensors).encode(request);
    }

    /** If a requested output does not exist, the model has returned all outputs. */
    private static void requireThere(InferRequest request, List<ModelOutput> outputs) {
        for (InferRequest.Output wanted : request.outputs()) {
            if (outputs.stream().noneMatch(output -> output.name().equals(wanted.name()))) {
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        "there is no output '" + NearestNames.abbreviate(wanted.name()) + "'; the model has "
                                + String.join(
                                        ", ",
                                        outputs.stream().map(ModelOutput::name).toList()));
            }
        }
    }

    private static boolean isWanted(InferRequest request, String name) {
        for (InferRequest.Output wanted : request.outputs()) {
            if (wanted.name().equals(name)) {
                return true;
            }
        }
        return request.outputs().isEmpty();
    }
}
