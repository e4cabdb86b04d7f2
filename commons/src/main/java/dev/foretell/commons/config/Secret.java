package dev.foretell.commons.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting that is told to nobody: a component {@code String token} of a record of settings. Beside {@code token} there is a
 * setting {@code token-file} then, which names the file that it stands in ({@link SecretFile}): {@code ps} shows flags.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Secret {}
