package dev.foretell.router.upstream.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseDecoder;

/**
 * Decodes responses and reports other bytes that are not a complete response. Confined to its connection's event loop.
 */
final class ResponseDecoder extends HttpResponseDecoder {
    /** Passed on at the end of a read that left undecoded bytes. */
    static final Object BYTES_LEFT = new Object();

    private static final String START = "HTTP/";

    ResponseDecoder() {
        super(4096, 32 * 1024, 64 * 1024);
    }

    /** The number of undecoded bytes. */
    int unread() {
        return actualReadableBytes();
    }

    /** Whether those bytes are the start of another response, as far as they go. */
    boolean isAnotherResponse() {
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
