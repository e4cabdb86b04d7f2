package dev.foretell.worker.onnx.local;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.FunctionProvider;
import dev.foretell.worker.function.ServedFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Serves {@code model.onnx} as a function of the file's name. The file is its user's own: it is loaded right here, external
 * data and all. Workers that serve no such file have this class, and nothing of ONNX Runtime.
 */
public final class OnnxFunctions implements FunctionProvider {
    private static final String ENDING = ".onnx";

    @Override
    public boolean accepts(String reference) {
        return reference.endsWith(ENDING);
    }

    @Override
    public List<ServedFunction> load(String reference, ClassLoader loader) {
        Path file = Path.of(reference);
        if (!Files.isRegularFile(file)) {
            throw new FunctionNotFoundException("there is no file " + reference);
        }
        try {
            return List.of(FileModel.load(name(file), file));
        } catch (ServingException e) {
            throw new FunctionNotFoundException(reference + ": " + e.detail());
        } catch (LinkageError e) {
            throw new FunctionNotFoundException("ONNX Runtime does not run on this machine: " + e.getMessage());
        }
    }

    /** The file's, of letters that a function's name may have. */
    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        String stem = name.substring(0, name.length() - ENDING.length()).replaceAll("[^A-Za-z0-9._-]", "-");
        String cut = stem.substring(0, Math.min(stem.length(), 128));
        return cut.replace(".", "").isEmpty() ? "model" : cut;
    }
}
