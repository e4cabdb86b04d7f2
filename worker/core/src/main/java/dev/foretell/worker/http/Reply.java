package dev.foretell.worker.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer ready to go out: bytes, or a stream of them that is read as the client takes them.
 *
 * @param mediaType what the bytes are, unless {@code headers} says otherwise
 * @param stream what follows {@code bytes}, if anything does
 * @param length of the stream, -1 where it is not known
 * @param ofFunction whether it is an error that is the function's own, and says nothing of the worker
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

    /** Whether it is JSON and nothing beside. */
    boolean isPlainJson() {
        return stream == null && mediaType.equals(JSON) && headers.isEmpty();
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
    }

    /** The same with what the function chose. */
    Reply withChoice(int itsStatus, Map<String, String> itsHeaders) {
        return new Reply(itsStatus, mediaType, itsHeaders, bytes, stream, length, itsStatus >= 400);
    }
}
