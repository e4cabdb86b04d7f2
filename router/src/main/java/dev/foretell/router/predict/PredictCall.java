package dev.foretell.router.predict;

import dev.foretell.commons.time.Deadline;
import dev.foretell.router.upstream.CallAbort;
import io.vertx.core.buffer.Buffer;

/**
 * One predict call, from the moment it was read to its answer. Confined to its event loop.
 *
 * @param data the arguments for the worker, as the caller wrote them
 * @param stickyKey keeps equal calls together under {@code consistent_hash}
 */
public record PredictCall(
        String type, String modelId, Buffer data, long stickyKey, Deadline deadline, CallAbort abort) {}
