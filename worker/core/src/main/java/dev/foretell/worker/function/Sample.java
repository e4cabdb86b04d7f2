package dev.foretell.worker.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A body, in JSON, that the function can be called with at any time: {@code @Sample("{\"n\": 5}")}. The worker's index shows
 * it, and routers warm the function up with it before they send it calls.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Sample {
    String value();
}
