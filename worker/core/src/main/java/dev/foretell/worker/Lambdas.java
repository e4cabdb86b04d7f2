package dev.foretell.worker;

import dev.foretell.worker.function.Fn0;
import dev.foretell.worker.function.Fn1;
import dev.foretell.worker.function.Fn2;
import dev.foretell.worker.function.Fn3;
import dev.foretell.worker.function.Fn4;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.function.binding.JavaFunction;
import dev.foretell.worker.loading.LambdaFunction;
import java.io.Serializable;

/** Functions of each arity, called with a list of arguments. {@link LambdaFunction} finds the argument types. */
@SuppressWarnings({"unchecked", "NullAway"})
final class Lambdas {
    private Lambdas() {}

    private static ServedFunction function(String name, Serializable function, int arity, JavaFunction.Code code) {
        Given.text(name, "a function needs a name, such as fib");
        Given.present(function, "function '" + name + "' is null");
        return LambdaFunction.of(name, function, arity, code);
    }

    static <R> ServedFunction of(String name, Fn0<R> function) {
        return function(name, function, 0, a -> function.call());
    }

    static <A, R> ServedFunction of(String name, Fn1<A, R> function) {
        return function(name, function, 1, a -> function.call((A) a[0]));
    }

    static <A, B, R> ServedFunction of(String name, Fn2<A, B, R> function) {
        return function(name, function, 2, a -> function.call((A) a[0], (B) a[1]));
    }

    static <A, B, C, R> ServedFunction of(String name, Fn3<A, B, C, R> function) {
        return function(name, function, 3, a -> function.call((A) a[0], (B) a[1], (C) a[2]));
    }

    static <A, B, C, D, R> ServedFunction of(String name, Fn4<A, B, C, D, R> function) {
        return function(name, function, 4, a -> function.call((A) a[0], (B) a[1], (C) a[2], (D) a[3]));
    }
}
