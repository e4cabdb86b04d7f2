package dev.foretell.worker.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that handles many calls at once: from a {@code List} with the input of each call to a {@code List} of
 * the results, with the same size and order. It also serves single calls, with a list of one item: {@code @Batch
 * List<Long> fib(List<Integer> n)} takes {@code {"n": 10}}. If it throws, it runs again for each item alone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Batch {
    /** The maximum number of items at once. */
    int max() default 32;
}
