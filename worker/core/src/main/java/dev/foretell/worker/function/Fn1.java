package dev.foretell.worker.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A function of one argument. It is serializable so that a method reference keeps its method's names and types. */
@FunctionalInterface
public interface Fn1<A, R> extends Serializable {
    @Nullable
    R call(A a) throws Exception;
}
