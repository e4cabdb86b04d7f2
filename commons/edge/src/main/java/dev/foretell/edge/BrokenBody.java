package dev.foretell.edge;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Reports a body that breaks off, or violates the rules of chunks (RFC 9112, 7.1), to its consumer; Vert.x would close
 * the connection silently. The connection closes with the response, because the end of such a body is unknown. Added to
 * the pipeline when it happens. Confined to its event loop.
 */
final class BrokenBody extends ChannelDuplexHandler {
    /** A call that waits does not read its body and is not notified. */
    private static final long MAX_MILLIS = 1_000;

    private final String fault;
    private boolean isTelling;

    private BrokenBody(String fault) {
        this.fault = fault;
    }

    /** Nothing after this point can be read; the consumer is notified at its next read. */
    static void ofChunks(ChannelPipeline pipeline, Throwable cause) {
        boolean isLong = cause instanceof TooLongHttpHeaderException;
        String fault = isLong ? "the trailers of the body are too long" : "the chunks of the body are not valid HTTP";
        CallPipeline.add(pipeline, new BrokenBody(fault));
    }

    /** The caller sends no more; the consumer is notified at once. */
    static void breaksOff(ChannelPipeline pipeline) {
        BrokenBody body = new BrokenBody("the body breaks off");
        CallPipeline.add(pipeline, body);
        body.tell(pipeline.context(body));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object part) {
        ReferenceCountUtil.release(part);
        tell(ctx);
    }

    private void tell(ChannelHandlerContext ctx) {
        isTelling = true;
        ctx.fireExceptionCaught(new UnreadableBody(fault));
        isTelling = false;
        ctx.executor().schedule(() -> ctx.close(), MAX_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (isTelling) {
            promise.trySuccess();
        } else {
            ctx.close(promise);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object part, ChannelPromise promise) {
        if (part instanceof HttpResponse head) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelPromise written = promise.unvoid();
        if (CallPipeline.isLast(part)) {
            written.addListener(done -> end(ctx));
        }
        ctx.write(part, written);
    }

    /**
     * A reset would destroy the response if the caller still sends. This gives the caller a moment to read it and
     * close.
     */
    private static void end(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof DuplexChannel caller && !caller.isInputShutdown()) {
            caller.shutdownOutput();
        } else {
            ctx.close();
        }
    }
}
