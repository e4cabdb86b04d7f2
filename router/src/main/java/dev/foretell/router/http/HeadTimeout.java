package dev.foretell.router.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long the head of a request may take from its first byte on, and how long a new connection may wait with it. A head
 * that is late becomes a request that cannot be read: it is answered in its turn, and its connection ends. There is no timer
 * for a head that comes in one piece.
 *
 * <p>It watches the connection's silence as well, in the place of the handler that did only that: calls pass through no
 * handler more than before. Confined to its event loop.
 */
final class HeadTimeout extends IdleStateHandler {
    private static final String IDLE = "idle";

    private final long longestMillis;
    private boolean isDue = true;
    private boolean isBegun;
    private boolean isRead;
    private @Nullable Future<?> timeout;

    private HeadTimeout(HttpConfig config) {
        super(0, 0, config.idleTimeout().toSeconds(), TimeUnit.SECONDS);
        this.longestMillis = config.headTimeout().toMillis();
    }

    /** To be called when the connection opens. */
    static void watch(ChannelHandlerContext connection, HttpConfig config) {
        connection.pipeline().remove(IDLE);
        connection.pipeline().addAfter("httpDecoder", IDLE, new HeadTimeout(config));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        startTimeout(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) throws Exception {
        endTimeout();
        super.handlerRemoved(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        endTimeout();
        super.channelInactive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object part) throws Exception {
        isRead = true;
        if (part instanceof DefaultHttpRequest) {
            isDue = false;
            isBegun = false;
            endTimeout();
        } else if (part == LastHttpContent.EMPTY_LAST_CONTENT || part instanceof LastHttpContent) {
            isDue = true;
        }
        super.channelRead(ctx, part);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (isDue && !isRead && !isBegun && hasRead(ctx)) {
            isBegun = true;
            endTimeout();
            startTimeout(ctx);
        }
        isRead = false;
        super.channelReadComplete(ctx);
    }

    /** A socket is also looked at in vain. */
    private static boolean hasRead(ChannelHandlerContext ctx) {
        return ctx.channel().unsafe().recvBufAllocHandle().lastBytesRead() > 0;
    }

    private void startTimeout(ChannelHandlerContext ctx) {
        timeout = ctx.executor().schedule(() -> late(ctx), longestMillis, TimeUnit.MILLISECONDS);
    }

    private void endTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    private void late(ChannelHandlerContext ctx) {
        timeout = null;
        if (isBegun) {
            ctx.fireChannelRead(unreadable());
            ctx.fireChannelReadComplete();
        } else {
            ctx.close();
        }
    }

    private static DefaultFullHttpRequest unreadable() {
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/bad-request");
        request.setDecoderResult(DecoderResult.failure(ReadTimeoutException.INSTANCE));
        return request;
    }
}
