/** A worker's place in the router's map; start at {@link dev.foretell.worker.registration.Registration}. */
@NullMarked
package dev.foretell.worker.registration;

import org.jspecify.annotations.NullMarked;
