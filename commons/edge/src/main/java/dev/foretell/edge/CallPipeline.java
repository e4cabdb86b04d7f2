package dev.foretell.edge;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.impl.VertxHttpObject;

/** The pipeline of a caller's connection, as the handlers see it that are in it for a single call. */
final class CallPipeline {
    /** The name of the {@link CallWatch}, which stays for all calls. */
    static final String WATCH = "caller";

    private CallPipeline() {}

    /** Adds a handler of one call. The watch is nearer to the caller, so that it sees each response as it leaves. */
    static void add(ChannelPipeline pipeline, ChannelHandler handler) {
        pipeline.addAfter(WATCH, null, handler);
    }

    /** Whether a response ends with this part. Vert.x sends "100 Continue" as a response that does not end the call. */
    static boolean isLast(Object part) {
        return part instanceof VertxHttpObject http ? http.isEnded() : part instanceof LastHttpContent;
    }
}
