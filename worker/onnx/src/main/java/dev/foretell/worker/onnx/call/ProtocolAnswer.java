package dev.foretell.worker.onnx.call;

import dev.foretell.commons.tensor.InferRequest;
import dev.foretell.commons.tensor.InferResponse;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.worker.onnx.model.ModelOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Outputs as the Open Inference Protocol has them. */
final class ProtocolAnswer {
    private ProtocolAnswer() {}

    static InferResponse.Encoded of(
            String model, @Nullable String version, InferRequest request, List<ModelOutput> outputs) {
        List<Tensor> tensors = new ArrayList<>();
        for (ModelOutput output : outputs) {
            if (isWanted(request, output.name())) {
                tensors.add(output.tensor());
            }
        }
        return new InferResponse(model, version, request.id(), Map.of(), tensors).encode(request);
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
