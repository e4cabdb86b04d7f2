package dev.foretell.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import java.util.function.Consumer;

/**
 * Determines the HTTP version of a server from its response head. Vert.x reports the version of the request instead.
 */
public final class SpokenHttp {
    private SpokenHttp() {}

    /**
     * Call it before the request is sent, on its event loop, for a connection with only this request.
     *
     * @param isHttp11 receives whether the response is HTTP/1.1, so that the server can read chunked requests
     */
    public static void watch(HttpClientRequest request, Consumer<Boolean> isHttp11) {
        if (request.connection() instanceof HttpClientConnectionInternal connection) {
            ChannelHandlerContext end = connection.channelHandlerContext();
            end.pipeline().addBefore(end.name(), "spoken-http", new Watch(isHttp11));
        }
    }

    private static final class Watch extends ChannelInboundHandlerAdapter {
        private final Consumer<Boolean> isHttp11;

        private Watch(Consumer<Boolean> isHttp11) {
            this.isHttp11 = isHttp11;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpResponse head) {
                isHttp11.accept(!head.protocolVersion().equals(HttpVersion.HTTP_1_0));
            }
            context.fireChannelRead(message);
        }
    }
}
