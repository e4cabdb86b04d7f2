package dev.foretell.router.http.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Where the bytes of a body are; a copy is made only of what is not in an array. */
public record BodyText(byte[] bytes, int from, int length) {
    /** The beginning of a body that is to grow: in an array, so that no growth costs a copy to look at it. */
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
