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
 * Has a caller whose body breaks off, or breaks the rules of chunks (RFC 9112, 7.1), told so: Vert.x would close its connection
 * without a word. That closes with the answer, since nobody knows where such a body ends. Added when it happens. Confined to its
 * event loop.
 */
final class BrokenBody extends ChannelDuplexHandler {
    /** Whoever does not read the body, because the call has to wait, does not hear of it. */
    private static final long MAX_MILLIS = 1_000;

    private final String fault;
    private boolean isTelling;

    private BrokenBody(String fault) {
        this.fault = fault;
    }

    /** What is behind the body's beginning cannot be read: told when it would be passed on. */
    static void ofChunks(ChannelPipeline pipeline, Throwable cause) {
        boolean isLong = cause instanceof TooLongHttpHeaderException;
        String fault = isLong ? "the trailers of the body are too long" : "the body's chunks are not as HTTP has them";
        pipeline.addAfter(CallerConnection.WATCH, null, new BrokenBody(fault));
    }

    /** Its caller sends no more: told at once. */
    static void breaksOff(ChannelPipeline pipeline) {
        BrokenBody body = new BrokenBody("the body breaks off");
        pipeline.addAfter(CallerConnection.WATCH, null, body);
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
        if (CallWatch.isLast(part)) {
            written.addListener(done -> end(ctx));
        }
        ctx.write(part, written);
    }

    /** A caller that still sends would lose the answer to a reset: it is given a moment to read it, and to close. */
    private static void end(ChannelHandlerContext ctx) {
        if (ctx.channel() instanceof DuplexChannel caller && !caller.isInputShutdown()) {
            caller.shutdownOutput();
        } else {
            ctx.close();
        }
    }
}
