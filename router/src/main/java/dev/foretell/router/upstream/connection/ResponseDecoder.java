package dev.foretell.router.upstream.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Reads answers, and tells what else came that is no whole answer. Confined to its connection's event loop. */
final class ResponseDecoder extends HttpResponseDecoder {
    /** Passed on at the end of a read that left bytes over. */
    static final Object BYTES_LEFT = new Object();

    private static final String START = "HTTP/";

    ResponseDecoder() {
        super(4096, 32 * 1024, 64 * 1024);
    }

    /** How many bytes there are that have not been made sense of. */
    int unread() {
        return actualReadableBytes();
    }

    /** Whether those bytes are the beginning of another answer, as far as they go. */
    boolean isAnotherAnswer() {
        ByteBuf bytes = internalBuffer();
        int length = Math.min(bytes.readableBytes(), START.length());
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != START.charAt(i)) {
                return false;
            }
        }
        return length > 0;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (actualReadableBytes() > 0) {
            ctx.fireChannelRead(BYTES_LEFT);
        }
        super.channelReadComplete(ctx);
    }
}
