package dev.foretell.worker.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A function of two arguments. It is serializable so that a method reference keeps its method's names and types. */
@FunctionalInterface
public interface Fn2<A, B, R> extends Serializable {
    @Nullable
    R call(A a, B b) throws Exception;
}
