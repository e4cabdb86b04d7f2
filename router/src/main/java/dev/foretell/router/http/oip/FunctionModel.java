package dev.foretell.router.http.oip;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.Seat;
import java.util.List;

/** A model that a worker's function serves; what the worker says of it is all that is known. */
record FunctionModel(String name, EndpointPool pool, FunctionSignature signature) implements OipModel {
    static FunctionModel of(String name, EndpointPool pool) {
        FunctionSignature signature = pool.seats().stream()
                .map(seat -> function(pool.model(), seat))
                .filter(function -> function != FunctionSignature.UNKNOWN)
                .findFirst()
                .orElse(FunctionSignature.UNKNOWN);
        return new FunctionModel(name, pool, signature);
    }

    private static FunctionSignature function(ModelKey model, Seat seat) {
        WorkerIndex index = seat.endpoint().index();
        return index == null
                ? FunctionSignature.UNKNOWN
                : index.functionFor(model.name(), seat.entry().function())
                        .map(FunctionSignature::of)
                        .orElse(FunctionSignature.UNKNOWN);
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
        return pool.seats().stream().anyMatch(Seat::isRoutable);
    }

    @Override
    public ModelKey key() {
        return pool.model();
    }
}
