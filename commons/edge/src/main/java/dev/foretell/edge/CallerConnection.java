package dev.foretell.edge;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Bounds a caller's connection in both directions. Its requests are read one after another: the next one once the one before
 * is answered, and once what the caller has left unread is within the bound. So no caller can have more answers written for
 * it than it reads, however many requests it sends at once.
 */
public final class CallerConnection {
    static final String WATCH = "caller";

    private CallerConnection() {}

    /**
     * To be called as the connection opens, before anything of it was read: nothing but HTTP/1 may be spoken on it, and the
     * options must not have an idle timeout of their own.
     */
    public static void bound(
            HttpConnection connection, HttpServerOptions options, ConnectionBounds bounds, EdgeMemory memory) {
        ChannelPipeline pipeline =
                ((HttpServerConnection) connection).channelHandlerContext().pipeline();
        pipeline.channel()
                .config()
                .setWriteBufferWaterMark(
                        new WriteBufferWaterMark(bounds.maxUnreadBytes() / 2, bounds.maxUnreadBytes()));
        pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        RequestDecoder decoder = new RequestDecoder(options, pipeline, bounds.headTimeout());
        pipeline.replace("httpDecoder", "httpDecoder", decoder);
        pipeline.addBefore(
                "handler", WATCH, new CallWatch(decoder, bounds.idleTimeout(), memory(pipeline, decoder, memory)));
    }

    private static CallerMemory memory(ChannelPipeline pipeline, RequestDecoder decoder, EdgeMemory memory) {
        return new CallerMemory(pipeline.channel(), decoder, memory);
    }

    /**
     * Notes that so many bytes of a request's body are held, until it is answered or its connection ends. To be called on its
     * event loop, for bodies that are not short.
     *
     * @return whether they fit the memory that there is for bodies; if not, they are to be given up
     */
    public static boolean holdBody(HttpConnection connection, long bytes) {
        CallWatch watch = ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .get(CallWatch.class);
        return watch == null || watch.holdBody(bytes);
    }
}
