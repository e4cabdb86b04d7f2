package dev.foretell.router.upstream;

import dev.foretell.commons.identity.WorkerId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** What a worker answered, read to its end. */
public record WorkerAnswer(WorkerId worker, int status, MultiMap headers, Buffer body) implements Answer {}
