package dev.foretell.worker.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The exceptions that mean that the function's input is wrong: {@code @Refuses(DateTimeParseException.class)}. The
 * caller gets their message, as for an {@link InvalidInputException}. The closest class to the thrown one applies.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Refuses.All.class)
public @interface Refuses {
    /** These exceptions and their subclasses. */
    Class<? extends Throwable>[] value();

    /** From 400 to 499. */
    int status() default InvalidInputException.UNPROCESSABLE;

    /** Several annotations with different statuses. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        Refuses[] value();
    }
}
