package dev.foretell.router.http.oip.model;

/** A model that is called with JSON arguments, into which tensors are converted, and whose results are converted back. */
public sealed interface ArgumentsModel extends OipModel permits FunctionModel, EnsembleModel {
    FunctionSignature signature();
}
