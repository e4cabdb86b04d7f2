/**
 * The URLs of Fractal's ML Server over the router's own models and calls; start at {@link
 * dev.foretell.router.http.fractal.FractalApi}.
 */
@NullMarked
package dev.foretell.router.http.fractal;

import org.jspecify.annotations.NullMarked;
