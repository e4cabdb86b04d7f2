/** Calls of a model: what is sent, what is answered, in either dialect; start at {@link dev.foretell.worker.onnx.call.HostedModel}. */
@NullMarked
package dev.foretell.worker.onnx.call;

import org.jspecify.annotations.NullMarked;
