package dev.foretell.router.http.oip.model;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;

/** A model that a worker's function serves; its description comes from the worker. */
public record FunctionModel(String name, EndpointPool pool, FunctionSignature signature) implements ArgumentsModel {
    @Override
    public String platform() {
        return "java_function";
    }

    @Override
    public boolean isReady() {
        return pool.endpoints().stream().anyMatch(Endpoint::isRoutable);
    }

    @Override
    public ModelKey key() {
        return pool.model();
    }
}
