package dev.foretell.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import java.util.function.Consumer;

/** Tells by the head of an answer which HTTP a server speaks: what Vert.x says of a response is the version of its request. */
public final class SpokenHttp {
    private SpokenHttp() {}

    /**
     * To be called before the request is sent, on its event loop; for a connection with this one request.
     *
     * @param isHttp11 told with the answer whether it is of HTTP/1.1, so that requests in chunks can be read there
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
