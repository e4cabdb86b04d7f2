package dev.foretell.router.http.fractal;

import io.vertx.core.Future;

/** Gives all calls of a model to one version, once a host has it ready; the current version serves until then. */
public interface Promotion {
    Future<?> to(String model, int version);
}
