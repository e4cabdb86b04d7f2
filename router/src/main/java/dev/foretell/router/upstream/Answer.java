package dev.foretell.router.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** What a caller is answered with, wherever it comes from. Not to be changed: other calls may be given the same. */
public interface Answer {
    int status();

    MultiMap headers();

    Buffer body();
}
