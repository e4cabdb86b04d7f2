package dev.foretell.worker.onnx.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.Batching;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.onnx.call.HostedModel;
import dev.foretell.worker.onnx.inspect.SampleMaker;
import dev.foretell.worker.onnx.model.OnnxModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model that is loaded as long as its worker runs. Thread-safe. */
record FileModel(String name, HostedModel model, @Nullable JsonNode sample) implements ServedFunction, Batching {
    private static final int MOST_AT_ONCE = 64;

    /** @throws dev.foretell.commons.failure.ServingException saying why it is no model that can be run */
    static FileModel load(String name, Path file) {
        OnnxModel model = OnnxModel.load(file, 1);
        return new FileModel(name, new HostedModel(model), SampleMaker.of(model).orElse(null));
    }

    @Override
    public WorkerIndex.Function describe() {
        OnnxModel onnx = model.model();
        return new WorkerIndex.Function(
                "/" + name,
                onnx.metadata().getOrDefault("description", ""),
                onnx.inputs().stream().map(TensorWords::parameter).toList(),
                Map.of("type", "object"),
                new WorkerIndex.Batch(MOST_AT_ONCE),
                sample,
                null);
    }

    @Override
    public List<String> headers() {
        return HostedModel.PREDICT_HEADERS;
    }

    @Override
    public Object call(CallBody body) {
        return model.predict(body);
    }

    @Override
    public Optional<Batching> batching() {
        return Optional.of(this);
    }

    @Override
    public int max() {
        return MOST_AT_ONCE;
    }

    @Override
    public List<Outcome> callAll(List<CallBody> calls) throws InterruptedException {
        return model.predictAll(calls);
    }
}
