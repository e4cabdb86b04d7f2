package dev.foretell.worker.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.wire.WorkerIndex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A function whose index shows a sample of what it takes. */
public record SampledFunction(ServedFunction function, JsonNode sample) implements ServedFunction {
    /** @throws FunctionNotFoundException if the sample is not JSON */
    public static ServedFunction of(ServedFunction function, Sample sample) {
        try {
            return new SampledFunction(function, FunctionJson.MAPPER.readTree(sample.value()));
        } catch (JsonProcessingException e) {
            throw new FunctionNotFoundException("@Sample of " + function.name() + " is not JSON: " + sample.value());
        }
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public WorkerIndex.Function describe() {
        return function.describe().withSample(sample);
    }

    @Override
    public @Nullable Object call(CallBody body) throws Exception {
        return function.call(body);
    }

    @Override
    public List<String> headers() {
        return function.headers();
    }

    @Override
    public @Nullable CompletionStage<?> prepare() {
        return function.prepare();
    }

    @Override
    public boolean streams() {
        return function.streams();
    }

    @Override
    public Refusals refusals() {
        return function.refusals();
    }

    @Override
    public Optional<Batching> batching() {
        return function.batching();
    }
}
