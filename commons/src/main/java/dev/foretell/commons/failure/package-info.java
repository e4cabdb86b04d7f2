/** Every way a call can fail, and its HTTP form; start at {@link dev.foretell.commons.failure.FailureKind}. */
@NullMarked
package dev.foretell.commons.failure;

import org.jspecify.annotations.NullMarked;
