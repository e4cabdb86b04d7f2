package dev.foretell.router.http.oip;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/** What the protocol calls a model: a file that was registered, at one version, or a function. */
sealed interface OipModel permits FileModel, FunctionModel {
    /** As URLs name it. */
    String name();

    /** The version that is meant; empty where it has no versions. */
    Optional<String> versionName();

    /** The versions that may be asked for; none where it has no versions. */
    List<String> versions();

    /** {@code onnx_onnxv1}, {@code java_function}. */
    String platform();

    List<TensorSpec> inputs();

    List<TensorSpec> outputs();

    /** Whether a call would find somebody to answer it now. */
    boolean isReady();

    /** Where its calls go to: the model, of a file the version. */
    ModelKey key();
}
