package dev.foretell.worker.onnx;

import dev.foretell.commons.wire.Hosting;
import dev.foretell.worker.function.FunctionSource;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.onnx.shelf.FileDigest;
import dev.foretell.worker.onnx.shelf.ModelShelf;
import java.util.Optional;

/** Each model file of the pool is a function, in two dialects. A call shows whether the file exists. */
record FileFunctions(ModelShelf shelf, int batchMax, long memoryBytes) implements FunctionSource {
    private static final String FILE = Hosting.predictFunction("");
    private static final String INFER = Hosting.inferFunction("").substring(FILE.length());

    @Override
    public Optional<ServedFunction> find(String name) {
        if (!Hosting.isHosted(name)) {
            return Optional.empty();
        }
        boolean infers = name.endsWith(INFER);
        String digest = name.substring(FILE.length(), infers ? name.length() - INFER.length() : name.length());
        if (!FileDigest.isOne(digest)) {
            return Optional.empty();
        }
        return Optional.of(infers ? new InferFunction(shelf, digest) : new PredictFunction(shelf, digest, batchMax));
    }
}
