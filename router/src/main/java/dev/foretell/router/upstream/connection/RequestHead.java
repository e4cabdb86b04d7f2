package dev.foretell.router.upstream.connection;

import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Upload;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The constant part of the request head for one function of one worker, as bytes that are created once. */
final class RequestHead {
    private static final byte[] JSON = ascii("\r\ncontent-type: application/json");
    private static final byte[] TYPE = ascii("\r\ncontent-type: ");
    private static final byte[] ENCODING = ascii("\r\ncontent-encoding: ");
    private static final byte[] LENGTH = ascii("\r\ncontent-length: ");
    private static final byte[] CHUNKED = ascii("\r\ntransfer-encoding: chunked");
    private static final byte[] TIMEOUT = ascii("\r\n" + Headers.TIMEOUT_MS + ": ");
    private static final byte[] BATCH = ascii("\r\n" + Headers.BATCH + ": ");
    private static final byte[] EVENTS = ascii("\r\naccept: " + RequestOptions.EVENTS_TYPE);
    private static final byte[] MODEL = ascii("\r\n" + Hosting.MODEL_HEADER + ": ");
    private static final byte[] END = ascii("\r\n\r\n");

    private final String path;
    private final @Nullable WorkerIndex index;
    private final boolean alone;
    private final byte[] before;
    private final int pathEnd;
    private final byte[] after;
    private final byte[] constant;

    /** @param index the worker's index: calls to a streaming function need exclusive connections */
    RequestHead(WorkerHost.Address address, String path, @Nullable WorkerIndex index, @Nullable String authorization) {
        this.path = path;
        this.index = index;
        this.alone = index != null
                && index.functions().values().stream()
                        .anyMatch(function ->
                                function.streams() && function.path().equals(path));
        String host = address.host().indexOf(':') < 0 ? address.host() : "[" + address.host() + "]";
        this.before = ascii("POST " + path + " HTTP/1.1\r\nhost: " + host + ":" + address.port());
        this.pathEnd = "POST ".length() + path.length();
        this.after = ascii((authorization == null ? "" : "\r\nauthorization: " + authorization)
                + (alone ? StreamTrailer.WANTED : "")
                + "\r\n" + Headers.ECHO + ": ");
        this.constant = ascii(text(before) + text(JSON) + text(after));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    boolean isFor(String otherPath, @Nullable WorkerIndex otherIndex) {
        return index == otherIndex && path.equals(otherPath);
    }

    boolean isAlone() {
        return alone;
    }

    /** @param token the token for the worker to echo */
    void writeTo(ByteBuf out, long timeoutMillis, long token, WorkerCall call) {
        RequestOptions options = call.options();
        if (!options.isUsual()) {
            writeUnusual(out, timeoutMillis, token, call, options);
            return;
        }
        out.writeBytes(constant);
        writeVarying(out, timeoutMillis, token, call);
        writeBody(out, call.body());
    }

    private static void writeVarying(ByteBuf out, long timeoutMillis, long token, WorkerCall call) {
        EchoToken.write(out, token);
        out.writeBytes(TIMEOUT);
        writeDecimal(out, timeoutMillis);
        call.origin().writeTo(out);
    }

    private void writeUnusual(ByteBuf out, long timeoutMillis, long token, WorkerCall call, RequestOptions options) {
        RequestOptions.Dialect dialect = options.dialect();
        if (dialect == null) {
            out.writeBytes(before);
        } else {
            writeBefore(out, call.modelId(), dialect);
        }
        writeForm(out, options.body());
        out.writeBytes(after);
        writeVarying(out, timeoutMillis, token, call);
        if (options.events()) {
            out.writeBytes(EVENTS);
        }
        if (options.batch() > 0) {
            out.writeBytes(BATCH);
            writeDecimal(out, options.batch());
        }
        Upload upload = options.upload();
        if (upload == null) {
            writeBody(out, call.body());
        } else {
            writeLength(out, upload.length());
            out.writeBytes(END);
        }
    }

    private static void writeForm(ByteBuf out, RequestOptions.Body body) {
        String type = body.type();
        out.writeBytes(type == null ? JSON : TYPE);
        if (type != null) {
            out.writeBytes(ascii(type));
        }
        String encoding = body.encoding();
        if (encoding != null) {
            out.writeBytes(ENCODING);
            out.writeBytes(ascii(encoding));
        }
    }

    private void writeBefore(ByteBuf out, String modelId, RequestOptions.Dialect dialect) {
        out.writeBytes(before, 0, pathEnd);
        out.writeBytes(ascii(dialect.suffix()));
        out.writeBytes(before, pathEnd, before.length - pathEnd);
        out.writeBytes(MODEL);
        out.writeBytes(ascii(modelId));
        dialect.headers().forEach((name, value) -> out.writeBytes(ascii("\r\n" + name + ": " + value)));
    }

    private static void writeLength(ByteBuf out, long length) {
        out.writeBytes(length < 0 ? CHUNKED : LENGTH);
        if (length >= 0) {
            writeDecimal(out, length);
        }
    }

    private static void writeBody(ByteBuf out, Buffer body) {
        writeLength(out, body.length());
        out.writeBytes(END);
        ByteBuf bytes = ((BufferInternal) body).getByteBuf();
        out.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    private static void writeDecimal(ByteBuf out, long value) {
        if (value >= 10) {
            writeDecimal(out, value / 10);
        }
        out.writeByte('0' + (int) (value % 10));
    }
}
