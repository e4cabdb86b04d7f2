/**
 * The URLs of ml_serving_app over the router's tasks and registered models; start at {@link
 * dev.foretell.router.http.mlserving.MlServingApi}.
 */
@NullMarked
package dev.foretell.router.http.mlserving;

import org.jspecify.annotations.NullMarked;
