/**
 * Values in Redis hashes: their fields, their JSON, and changes by revision; start at
 * {@link dev.foretell.router.store.hash.RevisedHash}.
 */
@NullMarked
package dev.foretell.router.store.hash;

import org.jspecify.annotations.NullMarked;
