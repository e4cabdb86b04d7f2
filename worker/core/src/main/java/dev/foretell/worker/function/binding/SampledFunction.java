package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.Sample;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.function.WrappedFunction;

/** A function with a sample in its index entry. */
public record SampledFunction(ServedFunction function, JsonNode sample) implements WrappedFunction {
    /** @throws FunctionNotFoundException if the sample is not JSON */
    public static ServedFunction of(ServedFunction function, Sample sample) {
        try {
            return new SampledFunction(function, FunctionJson.MAPPER.readTree(sample.value()));
        } catch (JsonProcessingException e) {
            throw new FunctionNotFoundException("@Sample of " + function.name() + " is not JSON: " + sample.value());
        }
    }

    @Override
    public WorkerIndex.Function describe() {
        return function.describe().withSample(sample);
    }
}
