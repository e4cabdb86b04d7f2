package dev.foretell.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long the head of a request may take from its first byte on, and how long a new connection may wait with it. A head
 * that is late becomes a request that cannot be read: it is answered, and its connection ends. There is no timer for a head that
 * comes in one piece. Confined to its event loop.
 */
final class HeadTimeout {
    private final long longestMillis;
    private final Runnable late;
    private boolean isBegun;
    private boolean isStartedForHead;
    private @Nullable Future<?> timer;

    /** @param late told before a late head is passed on as a request that cannot be read */
    HeadTimeout(Duration longest, Runnable late) {
        this.longestMillis = longest.toMillis();
        this.late = late;
    }

    /** The first byte of a head was read. */
    void headIsBegun() {
        isBegun = true;
    }

    void startIfBegun(ChannelHandlerContext ctx) {
        if (isBegun && !isStartedForHead) {
            isStartedForHead = true;
            cancel();
            start(ctx);
        }
    }

    void start(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> late(ctx), longestMillis, TimeUnit.MILLISECONDS);
    }

    /** The head is here. */
    void end() {
        isBegun = false;
        isStartedForHead = false;
        cancel();
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void late(ChannelHandlerContext ctx) {
        timer = null;
        if (isBegun) {
            late.run();
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
