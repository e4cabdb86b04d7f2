package dev.foretell.worker.onnx;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.Batching;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.onnx.call.HostedModel;
import dev.foretell.worker.onnx.inspect.ModelFile;
import dev.foretell.worker.onnx.model.OnnxModel;
import dev.foretell.worker.onnx.model.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One model that stays loaded while its worker runs. Thread-safe. */
record ModelFunction(String name, HostedModel model) implements ServedFunction, Batching {
    /** @throws FunctionNotFoundException with the reason why the file cannot be served */
    static ModelFunction of(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        if (!Names.isValid(name)) {
            throw new FunctionNotFoundException(
                    "'" + name + "' cannot be a function's name: choose one, as in iris=" + file);
        }
        try {
            ModelFile.require(file);
            return new ModelFunction(
                    name,
                    new HostedModel(OnnxModel.load(
                            file, Runs.withThreads(OnnxConfig.defaults().threads()))));
        } catch (ServingException e) {
            throw new FunctionNotFoundException(file + ": " + e.detail());
        }
    }

    @Override
    public WorkerIndex.Function describe() {
        return new WorkerIndex.Function(
                        "/" + name,
                        model.model().metadata().getOrDefault("description", ""),
                        model.model().inputs().stream()
                                .map(TensorWords::parameter)
                                .toList(),
                        Map.of("type", "object"))
                .withBatch(new WorkerIndex.Batch(max()));
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
        return OnnxConfig.defaults().batch();
    }

    @Override
    public List<Outcome> callAll(List<CallBody> calls) throws InterruptedException {
        return model.predictAll(calls);
    }
}
