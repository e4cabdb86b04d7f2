package dev.foretell.worker.loading;

import dev.foretell.worker.function.FunctionNotFoundException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects what class files do not contain for lambdas: compilers translate them to methods without generic types and
 * without argument names, even with {@code -parameters}. A referenced method has both.
 */
final class LambdaTypes {
    private static final Logger LOG = LoggerFactory.getLogger(LambdaTypes.class);

    private LambdaTypes() {}

    /** @throws FunctionNotFoundException if it takes, for example, a list of an unknown element type */
    static void require(String name, Method method, int arity) {
        Parameter[] all = method.getParameters();
        for (int i = Math.max(0, all.length - arity); i < all.length; i++) {
            requireWhole(name, all[i].getType());
        }
        if (arity > 1 || (arity == 1 && !all[all.length - 1].getType().isRecord())) {
            warnOfLostNames(name, all[all.length - 1]);
        }
    }

    private static void warnOfLostNames(String name, Parameter last) {
        if (!last.isNamePresent()) {
            LOG.warn(
                    "function '{}' is a lambda, and compilers keep no names of what it takes: its arguments are arg0, arg1, …;"
                            + " a method has names: compile it with -parameters, and serve MyClass::myMethod",
                    name);
        }
    }

    private static void requireWhole(String name, Class<?> type) {
        if (type.getTypeParameters().length > 0) {
            String word = type.getSimpleName();
            throw new FunctionNotFoundException("function '" + name + "' is a lambda that takes "
                    + ("AEIOU".indexOf(word.charAt(0)) < 0 ? "a " : "an ") + word
                    + ", and compilers do not keep what a lambda's " + word
                    + " holds: write a method and serve that (MyClass::myMethod), or take an array or a record");
        }
    }
}
