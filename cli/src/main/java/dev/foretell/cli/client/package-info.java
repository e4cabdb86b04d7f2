/** The client side of a router: start at {@link dev.foretell.cli.client.RouterHttp}. */
@NullMarked
package dev.foretell.cli.client;

import org.jspecify.annotations.NullMarked;
