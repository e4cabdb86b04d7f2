/**
 * What the router does now and did lately, looked at once a second beside the calls: start at {@link
 * dev.foretell.router.overview.Observer}.
 */
@NullMarked
package dev.foretell.router.overview;

import org.jspecify.annotations.NullMarked;
