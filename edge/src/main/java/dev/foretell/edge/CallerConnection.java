package dev.foretell.edge;

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
    private CallerConnection() {}

    /**
     * To be called as the connection opens, before anything of it was read: nothing but HTTP/1 may be spoken on it, and the
     * options must not have an idle timeout of their own.
     */
    public static void bound(HttpConnection connection, HttpServerOptions options, ConnectionBounds bounds) {
        ChannelPipeline pipeline =
                ((HttpServerConnection) connection).channelHandlerContext().pipeline();
        pipeline.channel()
                .config()
                .setWriteBufferWaterMark(
                        new WriteBufferWaterMark(bounds.maxUnreadBytes() / 2, bounds.maxUnreadBytes()));
        RequestDecoder decoder = new RequestDecoder(options, pipeline, bounds.headTimeout());
        pipeline.replace("httpDecoder", "httpDecoder", decoder);
        pipeline.addBefore("handler", "caller", new CallWatch(decoder, bounds.idleTimeout()));
    }
}
