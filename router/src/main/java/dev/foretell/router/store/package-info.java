/** Everything Redis: start at {@link dev.foretell.router.store.StateStore}. */
@NullMarked
package dev.foretell.router.store;

import org.jspecify.annotations.NullMarked;
