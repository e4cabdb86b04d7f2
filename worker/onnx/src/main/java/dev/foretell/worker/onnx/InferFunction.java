package dev.foretell.worker.onnx;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.Answer;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.function.UploadedFile;
import dev.foretell.worker.onnx.call.HostedModel;
import dev.foretell.worker.onnx.shelf.ModelShelf;
import dev.foretell.worker.onnx.shelf.ShelvedModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls a model file in the Open Inference Protocol, JSON or binary. Thread-safe. */
record InferFunction(ModelShelf shelf, String digest) implements ServedFunction {
    @Override
    public String name() {
        return Hosting.inferFunction(digest);
    }

    @Override
    public WorkerIndex.Function describe() {
        return new WorkerIndex.Function("/" + name(), null, null, null);
    }

    @Override
    public List<String> headers() {
        return HostedModel.INFER_HEADERS;
    }

    @Override
    public @Nullable CompletionStage<?> prepare() {
        return shelf.prepare(digest);
    }

    @Override
    public Object call(CallBody body) throws InterruptedException {
        try (ShelvedModel held = shelf.take(digest)) {
            return body.readBy(new Infer(held.model()));
        }
    }

    private record Infer(HostedModel model) implements CallBody.Reader<Answer> {
        @Override
        public Answer bytes(byte[] body, Map<String, String> headers) {
            return model.infer(body, headers);
        }

        @Override
        public Answer json(byte[] text) {
            return model.infer(text, Map.of());
        }

        @Override
        public Answer form(Map<String, String> fields, Map<String, UploadedFile> files) {
            throw new ServingException(FailureKind.UNSUPPORTED_MEDIA_TYPE, "an inference request cannot be a form");
        }
    }
}
