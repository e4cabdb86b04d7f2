/** The figures of the last 24 hours, in rings of fixed size: start at {@link dev.foretell.router.history.History}. */
@NullMarked
package dev.foretell.router.history;

import org.jspecify.annotations.NullMarked;
