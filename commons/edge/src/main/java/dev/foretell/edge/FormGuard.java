package dev.foretell.edge;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Reports a form that Netty's decoder cannot decode, such as {@code name=;}, to its consumer. Vert.x does not expect
 * the decoder's exception and would close the connection before the response. This handler lets the response out first
 * and discards the rest of the body. Added to the pipeline for requests with a form and removed at their response.
 * Confined to its event loop.
 */
final class FormGuard extends ChannelDuplexHandler {
    private static final long MAX_MILLIS = 1_000;

    private boolean isReading;
    private boolean isOver;
    private boolean isAnswered;

    static boolean isFor(HttpRequest head) {
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object part) {
        if (isOver) {
            ReferenceCountUtil.release(part);
            return;
        }
        isReading = true;
        ctx.fireChannelRead(part);
        isReading = false;
        if (isAnswered && !isOver && part instanceof LastHttpContent) {
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!isReading || isOver) {
            ctx.close(promise);
            return;
        }
        isOver = true;
        promise.trySuccess();
        if (isAnswered) {
            end(ctx);
        }
        ctx.executor().schedule(() -> ctx.close(), MAX_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object part, ChannelPromise promise) {
        if (isOver && part instanceof HttpResponse head) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ctx.write(part, promise);
        if (CallPipeline.isLast(part)) {
            isAnswered = true;
            if (isOver) {
                end(ctx);
            } else if (!isReading) {
                ctx.pipeline().remove(this);
            }
        }
    }

    /**
     * A reset would destroy the response if the caller still sends. This gives the caller a moment to read it and
     * close.
     */
    private static void end(ChannelHandlerContext ctx) {
        ctx.flush();
        if (ctx.channel() instanceof DuplexChannel caller && !caller.isInputShutdown()) {
            caller.shutdownOutput();
        } else {
            ctx.close();
        }
    }
}
