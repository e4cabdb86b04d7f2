/** Every way a call can fail; start at {@link dev.foretell.client.failure.ForetellException}. */
@NullMarked
package dev.foretell.client.failure;

import org.jspecify.annotations.NullMarked;
