package dev.foretell.router.upstream;

import dev.foretell.commons.time.Deadline;
import io.vertx.core.buffer.Buffer;

/**
 * What is sent to a worker.
 *
 * @param modelId the id the caller asked for
 * @param body the arguments, as JSON
 */
public record WorkerCall(String modelId, Buffer body, Deadline deadline, CallAbort abort) {}
