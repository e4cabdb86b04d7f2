package dev.foretell.worker.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The exceptions by which a function says that its input is wrong: {@code @Refuses(DateTimeParseException.class)}. Their message
 * goes to the caller, as that of an {@link InvalidInputException} does. The nearest class to the one thrown counts.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Refuses.All.class)
public @interface Refuses {
    /** These, and their subclasses. */
    Class<? extends Throwable>[] value();

    /** From 400 to 499. */
    int status() default InvalidInputException.UNPROCESSABLE;

    /** Several, of different statuses. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        Refuses[] value();
    }
}
