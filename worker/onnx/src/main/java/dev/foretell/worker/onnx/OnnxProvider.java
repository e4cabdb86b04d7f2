package dev.foretell.worker.onnx;

import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.FunctionProvider;
import dev.foretell.worker.function.ServedFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Serves a model file in a plain worker: {@code model.onnx}. The first file loads the runtime. */
public final class OnnxProvider implements FunctionProvider {
    private static final String SUFFIX = ".onnx";

    @Override
    public boolean accepts(String reference) {
        return reference.toLowerCase(Locale.ROOT).endsWith(SUFFIX);
    }

    @Override
    public List<ServedFunction> load(String reference, ClassLoader loader) {
        Path file = Path.of(reference);
        if (!Files.isRegularFile(file)) {
            throw new FunctionNotFoundException("there is no file " + file.toAbsolutePath());
        }
        return List.of(ModelFunction.of(file));
    }
}
