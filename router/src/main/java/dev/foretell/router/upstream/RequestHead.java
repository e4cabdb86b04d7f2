package dev.foretell.router.upstream;

import dev.foretell.commons.wire.Headers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The head of the requests to one function of one worker: all of it that stays the same, as bytes made once. */
final class RequestHead {
    private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BATCH = ("\r\n" + Headers.BATCH + ": ").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENTS = ("\r\naccept: " + CallForm.EVENTS_TYPE).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final String path;
    private final byte[] constant;

    RequestHead(Endpoint.Address address, String path, @Nullable String authorization) {
        this.path = path;
        String host = address.host().indexOf(':') < 0 ? address.host() : "[" + address.host() + "]";
        this.constant = ("POST " + path + " HTTP/1.1\r\nhost: " + host + ":" + address.port()
                        + "\r\ncontent-type: application/json"
                        + (authorization == null ? "" : "\r\nauthorization: " + authorization)
                        + "\r\n" + Headers.TIMEOUT_MS + ": ")
                .getBytes(StandardCharsets.US_ASCII);
    }

    boolean isFor(String otherPath) {
        return path.equals(otherPath);
    }

    void writeTo(ByteBuf out, long timeoutMillis, WorkerCall call) {
        Buffer body = call.body();
        out.writeBytes(constant);
        writeDecimal(out, timeoutMillis);
        if (call.batch() > 0) {
            out.writeBytes(BATCH);
            writeDecimal(out, call.batch());
        }
        if (call.form() != null && call.form().events()) {
            out.writeBytes(EVENTS);
        }
        out.writeBytes(LENGTH);
        writeDecimal(out, body.length());
        out.writeBytes(END);
        out.writeBytes(body.getBytes());
    }

    private static void writeDecimal(ByteBuf out, long value) {
        if (value >= 10) {
            writeDecimal(out, value / 10);
        }
        out.writeByte('0' + (int) (value % 10));
    }
}
