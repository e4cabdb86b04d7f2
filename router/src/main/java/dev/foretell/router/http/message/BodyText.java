package dev.foretell.router.http.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** The position of a body's bytes; copies them only if they are not in an array. */
public record BodyText(byte[] bytes, int from, int length) {
    /** The start of a growing body: in an array, so that reading it after each growth costs no copy. */
    static Buffer inArray(Buffer first) {
        return ((BufferInternal) first).getByteBuf().hasArray() ? first : Buffer.buffer(first.getBytes());
    }

    public static BodyText of(Buffer body) {
        ByteBuf buf = ((BufferInternal) body).getByteBuf();
        return buf.hasArray()
                ? new BodyText(buf.array(), buf.arrayOffset() + buf.readerIndex(), buf.readableBytes())
                : new BodyText(ByteBufUtil.getBytes(buf), 0, buf.readableBytes());
    }
}
