package dev.foretell.router.upstream.call;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What a caller is answered with, wherever it comes from. Not to be changed: other calls may be given the same. */
public interface Response {
    int status();

    MultiMap headers();

    /** All of it, or what had come of it when it turned out to be a stream. */
    Buffer body();

    /** What follows the body; null where that is all. */
    default @Nullable ResponseStream rest() {
        return null;
    }
}
