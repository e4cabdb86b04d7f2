/**
 * The router's own Redis server and its data folder; start at {@link dev.foretell.router.store.embedded.EmbeddedRedis}.
 */
@NullMarked
package dev.foretell.router.store.embedded;

import org.jspecify.annotations.NullMarked;
