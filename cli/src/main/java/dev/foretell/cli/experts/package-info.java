/**
 * Experts: models that are trained and tested over HTTP, each a process of its own; start at {@link
 * dev.foretell.cli.experts.ExpertsCommand}.
 */
@NullMarked
package dev.foretell.cli.experts;

import org.jspecify.annotations.NullMarked;
