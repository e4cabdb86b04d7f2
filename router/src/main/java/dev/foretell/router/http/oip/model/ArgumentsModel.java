package dev.foretell.router.http.oip.model;

import dev.foretell.commons.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/** A model that is called with JSON arguments, into which tensors are converted, and whose results are converted back. */
public sealed interface ArgumentsModel extends OipModel permits FunctionModel, EnsembleModel {
    FunctionSignature signature();

    @Override
    default Optional<String> versionName() {
        return Optional.empty();
    }

    @Override
    default List<String> versions() {
        return List.of();
    }

    @Override
    default List<TensorSpec> inputs() {
        return signature().inputs();
    }

    @Override
    default List<TensorSpec> outputs() {
        return signature().outputs();
    }
}
