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
 * Bounds the time from the first byte of a request's head to its end, and the wait of a new connection for its first
 * head. A late head becomes an unreadable request, which gets a response and ends the connection. A head that arrives
 * in one piece needs no timer. Confined to its event loop.
 */
final class HeadTimeout {
    private final long longestMillis;
    private final Runnable late;
    private boolean isBegun;
    private boolean isStartedForHead;
    private @Nullable Future<?> timer;

    /** @param late runs before a late head is passed on as an unreadable request */
    HeadTimeout(Duration longest, Runnable late) {
        this.longestMillis = longest.toMillis();
        this.late = late;
    }

    /** The first byte of a head has arrived. */
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

    /** The head is complete. */
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
