/**
 * Registered models: their versions, their files, and which version gets which calls; start at
 * {@link dev.foretell.router.models.ModelRegistry}.
 */
@NullMarked
package dev.foretell.router.models;

import org.jspecify.annotations.NullMarked;
