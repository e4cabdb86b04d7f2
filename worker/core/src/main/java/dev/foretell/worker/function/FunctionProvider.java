package dev.foretell.worker.function;

import java.util.List;

/**
 * Turns references of one kind, such as {@code com.acme.Fib::predict} or {@code model.onnx}, into functions. Plug-ins are
 * found by {@link java.util.ServiceLoader} and asked before the built-in providers.
 */
public interface FunctionProvider {
    boolean accepts(String reference);

    /**
     * Loads what the reference names, at least one function.
     *
     * @param loader sees the user's classes
     * @throws FunctionNotFoundException saying what is missing, and what is there instead
     */
    List<ServedFunction> load(String reference, ClassLoader loader);
}
