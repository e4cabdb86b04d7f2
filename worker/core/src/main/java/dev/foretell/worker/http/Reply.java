package dev.foretell.worker.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response ready to send: bytes, or a stream of them that is read as the client reads it.
 *
 * @param mediaType the type of the bytes, unless {@code headers} contains one
 * @param rest follows {@code bytes}; null for nothing
 * @param ofFunction whether it is an error of the function, which says nothing about the worker
 */
record Reply(
        int status,
        String mediaType,
        Map<String, String> headers,
        Buffer bytes,
        @Nullable Rest rest,
        boolean ofFunction)
        implements AutoCloseable {
    static final String JSON = "application/json";
    static final String BINARY = "application/octet-stream";

    /** @param length of the stream, -1 where it is not known */
    record Rest(InputStream stream, long length) {}

    static Reply ofBytes(String mediaType, byte[] bytes) {
        return new Reply(200, mediaType, Map.of(), Buffer.buffer(bytes), null, false);
    }

    static Reply ofStream(InputStream stream, long length) {
        return new Reply(200, BINARY, Map.of(), Buffer.buffer(0), new Rest(stream, length), false);
    }

    /** Whether it is JSON without additional headers. */
    boolean isPlainJson() {
        return rest == null && mediaType.equals(JSON) && headers.isEmpty();
    }

    @Override
    public void close() throws IOException {
        if (rest != null) {
            rest.stream().close();
        }
    }

    /** The same with the function's status and headers. */
    Reply withChoice(int itsStatus, Map<String, String> itsHeaders) {
        return new Reply(itsStatus, mediaType, itsHeaders, bytes, rest, itsStatus >= 400);
    }
}
