package dev.foretell.worker.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that answers many calls at once: from a {@code List} of what each call asks to a {@code List} of the
 * answers, as many and in the same order. It is still called singly, with one item for its argument: {@code @Batch
 * List<Long> fib(List<Integer> n)} takes {@code {"n": 10}}. If it throws, it is run again for each item alone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Batch {
    /** Most items it is given at once. */
    int max() default 32;
}
