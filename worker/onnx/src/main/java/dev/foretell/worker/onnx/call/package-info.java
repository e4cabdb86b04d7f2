/**
 * Calls of a model and their responses in both dialects; start at {@link dev.foretell.worker.onnx.call.HostedModel}.
 */
@NullMarked
package dev.foretell.worker.onnx.call;

import org.jspecify.annotations.NullMarked;
