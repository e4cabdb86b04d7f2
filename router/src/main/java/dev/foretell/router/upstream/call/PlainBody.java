package dev.foretell.router.upstream.call;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The body of a worker's response without its compression, for where the router reads it itself. */
public final class PlainBody {
    /** The maximum length of what a compressed body becomes, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    private PlainBody() {}

    /** Whether a response is compressed. */
    public static boolean isCompressed(MultiMap headers) {
        String coding = headers.get(HttpHeaders.CONTENT_ENCODING);
        return coding != null && !coding.equalsIgnoreCase("identity");
    }

    /**
     * Returns the same bytes where they are not compressed.
     *
     * @throws ServingException {@link FailureKind#WORKER_FAILED} if it is too long, broken, or not compressed by gzip
     */
    public static byte[] of(MultiMap headers, Buffer body) {
        if (!isCompressed(headers)) {
            return body.getBytes();
        }
        @Nullable String coding = headers.get(HttpHeaders.CONTENT_ENCODING);
        if (!"gzip".equalsIgnoreCase(coding) && !"x-gzip".equalsIgnoreCase(coding)) {
            throw unreadable("has a Content-Encoding other than gzip");
        }
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
            byte[] bytes = plain.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw unreadable("is longer than " + MAX_BYTES + " bytes without its compression");
            }
            return bytes;
        } catch (IOException broken) {
            throw unreadable("is not the gzip that it claims to be");
        }
    }

    private static ServingException unreadable(String why) {
        return new ServingException(FailureKind.WORKER_FAILED, "the worker's response " + why);
    }
}
