package dev.foretell.commons.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a setting as secret: its value is never shown. It applies to a record component {@code String token}. The
 * setting {@code token-file} then exists too and names a file with the value ({@link SecretFile}), because {@code ps}
 * shows flags.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Secret {}
