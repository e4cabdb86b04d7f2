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
 * @param stream follows {@code bytes}, if present
 * @param length the length of the stream, -1 if unknown
 * @param ofFunction whether it is an error of the function, which says nothing about the worker
 */
record Reply(
        int status,
        String mediaType,
        Map<String, String> headers,
        Buffer bytes,
        @Nullable InputStream stream,
        long length,
        boolean ofFunction)
        implements AutoCloseable {
    static final String JSON = "application/json";
    static final String BINARY = "application/octet-stream";

    static Reply ofBytes(String mediaType, byte[] bytes) {
        return new Reply(200, mediaType, Map.of(), Buffer.buffer(bytes), null, -1, false);
    }

    static Reply ofStream(InputStream stream, long length) {
        return new Reply(200, BINARY, Map.of(), Buffer.buffer(0), stream, length, false);
    }

    /** Whether it is JSON without additional headers. */
    boolean isPlainJson() {
        return stream == null && mediaType.equals(JSON) && headers.isEmpty();
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
    }

    /** The same with the function's status and headers. */
    Reply withChoice(int itsStatus, Map<String, String> itsHeaders) {
        return new Reply(itsStatus, mediaType, itsHeaders, bytes, stream, length, itsStatus >= 400);
    }
}
