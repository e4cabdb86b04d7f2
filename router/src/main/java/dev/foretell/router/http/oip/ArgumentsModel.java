package dev.foretell.router.http.oip;

/** A model that is called with JSON arguments, into which tensors are converted, and whose results are converted back. */
sealed interface ArgumentsModel extends OipModel permits FunctionModel, EnsembleModel {
    FunctionSignature signature();
}
