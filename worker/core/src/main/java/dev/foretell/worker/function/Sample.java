package dev.foretell.worker.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A JSON body that the function accepts at any time: {@code @Sample("{\"n\": 5}")}. The worker's index contains it, and
 * routers warm up the function with it before they send calls.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Sample {
    String value();
}
