/** A worker's registration at its routers; start at {@link dev.foretell.worker.registration.Registration}. */
@NullMarked
package dev.foretell.worker.registration;

import org.jspecify.annotations.NullMarked;
