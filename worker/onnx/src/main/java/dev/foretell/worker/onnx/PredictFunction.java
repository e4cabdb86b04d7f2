package dev.foretell.worker.onnx;

import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.Batching;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.onnx.call.HostedModel;
import dev.foretell.worker.onnx.shelf.ModelShelf;
import dev.foretell.worker.onnx.shelf.ShelvedModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls a model file with its inputs as JSON, or with an image. Thread-safe. */
record PredictFunction(ModelShelf shelf, String digest, int max) implements ServedFunction, Batching {
    @Override
    public String name() {
        return Hosting.predictFunction(digest);
    }

    @Override
    public WorkerIndex.Function describe() {
        return new WorkerIndex.Function("/" + name(), null, null, null).withBatch(new WorkerIndex.Batch(max));
    }

    @Override
    public List<String> headers() {
        return HostedModel.PREDICT_HEADERS;
    }

    @Override
    public @Nullable CompletionStage<?> prepare() {
        return shelf.prepare(digest);
    }

    @Override
    public Object call(CallBody body) throws InterruptedException {
        try (ShelvedModel held = shelf.take(digest)) {
            return held.model().predict(body);
        }
    }

    @Override
    public Optional<Batching> batching() {
        return Optional.of(this);
    }

    @Override
    public List<Outcome> callAll(List<CallBody> calls) throws InterruptedException {
        try (ShelvedModel held = shelf.take(digest)) {
            return held.model().predictAll(calls);
        }
    }
}
