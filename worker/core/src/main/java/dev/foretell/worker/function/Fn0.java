package dev.foretell.worker.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A function without arguments. It is serializable so that a method reference keeps its method's names and types. */
@FunctionalInterface
public interface Fn0<R> extends Serializable {
    @Nullable
    R call() throws Exception;
}
