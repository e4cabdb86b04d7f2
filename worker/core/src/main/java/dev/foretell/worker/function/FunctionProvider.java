package dev.foretell.worker.function;

import java.util.List;

/**
 * Turns references of one kind, such as {@code com.acme.Fib::predict} or {@code model.onnx}, into functions. {@link
 * java.util.ServiceLoader} finds plug-ins, which precede the built-in providers.
 */
public interface FunctionProvider {
    boolean accepts(String reference);

    /**
     * Loads the referenced functions, at least one.
     *
     * @param loader sees the user's classes
     * @throws FunctionNotFoundException with the missing part and the existing alternatives
     */
    List<ServedFunction> load(String reference, ClassLoader loader);
}
