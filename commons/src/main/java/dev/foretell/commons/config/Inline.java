package dev.foretell.commons.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A group of settings that has no key of its own: the components of the record stand beside those of the record that it is a
 * component of, under the same section. So a long section falls into records by meaning, and its keys stay as they are.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Inline {}
