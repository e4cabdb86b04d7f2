/** Configuration files bound to records; start at {@link dev.foretell.commons.config.ConfigLoader}. */
@NullMarked
package dev.foretell.commons.config;

import org.jspecify.annotations.NullMarked;
