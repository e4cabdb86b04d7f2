package dev.foretell.edge;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Bounds a caller's connection in both directions. A request is read only after the response to the previous one, and
 * only while the caller's unread bytes are within the bound. So no caller can cause more responses than it reads,
 * however many requests it sends at once.
 */
public final class CallerConnection {
    private CallerConnection() {}

    /**
     * Installs the bounds. Call it when the connection opens, before any byte is read. The connection must speak HTTP/1
     * only, and the server options must not have an idle timeout.
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
                "handler",
                CallPipeline.WATCH,
                new CallWatch(decoder, bounds.idleTimeout(), memory(pipeline, decoder, memory)));
    }

    private static CallerMemory memory(ChannelPipeline pipeline, RequestDecoder decoder, EdgeMemory memory) {
        return new CallerMemory(pipeline.channel(), decoder, memory);
    }

    /**
     * Reserves memory for a request's body until its response, or until the connection ends. Call it on the
     * connection's event loop, for bodies that are not short.
     *
     * @return whether the bytes fit the memory for bodies; if not, the caller must drop the body
     */
    public static boolean holdBody(HttpConnection connection, long bytes) {
        CallWatch watch = ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .get(CallWatch.class);
        return watch == null || watch.holdBody(bytes);
    }
}
