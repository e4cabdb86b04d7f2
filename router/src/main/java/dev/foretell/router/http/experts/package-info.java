/**
 * The URLs of Expert-Discovery-Manager's discovery service over the routing map; start at {@link
 * dev.foretell.router.http.experts.ExpertsApi}.
 */
@NullMarked
package dev.foretell.router.http.experts;

import org.jspecify.annotations.NullMarked;
