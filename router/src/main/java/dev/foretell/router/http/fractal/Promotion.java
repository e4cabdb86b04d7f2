package dev.foretell.router.http.fractal;

import io.vertx.core.Future;

/** Makes a version the one that gets all of its model's calls, once a host has it ready; the one that served serves till then. */
public interface Promotion {
    Future<?> to(String model, int version);
}
