/** Names of things: {@link dev.foretell.commons.identity.ModelKey} and {@link dev.foretell.commons.identity.WorkerId}. */
@NullMarked
package dev.foretell.commons.identity;

import org.jspecify.annotations.NullMarked;
