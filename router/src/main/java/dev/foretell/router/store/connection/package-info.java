/** The connection to Redis and its health; start at {@link dev.foretell.router.store.connection.RedisConnection}. */
@NullMarked
package dev.foretell.router.store.connection;

import org.jspecify.annotations.NullMarked;
