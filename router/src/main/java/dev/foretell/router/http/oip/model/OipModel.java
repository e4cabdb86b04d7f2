package dev.foretell.router.http.oip.model;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/** A model of the protocol: a registered file at one version, a function, or an ensemble. */
public sealed interface OipModel permits FileModel, ArgumentsModel {
    /** The name in URLs. */
    String name();

    /** The requested version; empty without versions. */
    Optional<String> versionName();

    /** The existing versions; empty without versions. */
    List<String> versions();

    /** {@code onnx_onnxv1}, {@code java_function}. */
    String platform();

    List<TensorSpec> inputs();

    List<TensorSpec> outputs();

    /** Whether a call would find a worker now. */
    boolean isReady();

    /** The target of its calls: the model, or the version of a file. */
    ModelKey key();
}
