package dev.foretell.router.http.oip.model;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPool;
import java.util.List;
import java.util.Optional;

/** A model that a worker's function serves; its description comes from the worker. */
public record FunctionModel(String name, EndpointPool pool, FunctionSignature signature) implements ArgumentsModel {
    @Override
    public Optional<String> versionName() {
        return Optional.empty();
    }

    @Override
    public List<String> versions() {
        return List.of();
    }

    @Override
    public String platform() {
        return "java_function";
    }

    @Override
    public List<TensorSpec> inputs() {
        return signature.inputs();
    }

    @Override
    public List<TensorSpec> outputs() {
        return signature.outputs();
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
