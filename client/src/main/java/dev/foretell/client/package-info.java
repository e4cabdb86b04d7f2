/** The client of Foretell's routers; start at {@link dev.foretell.client.ForetellClient}. */
@NullMarked
package dev.foretell.client;

import org.jspecify.annotations.NullMarked;
