package dev.foretell.edge.accept;

import dev.foretell.edge.loop.FatalLoopError;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops accepting connections while there is a reason: when {@link PacedAccept} has enough, and for a second after
 * accepting failed, most likely because the process has no free file descriptor. An immediate retry would only keep a
 * core busy. Logs this once a minute. Confined to its event loop.
 */
final class PausedAccept extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PausedAccept.class);
    private static final long PAUSE_SECONDS = 1;
    private static final long SAY_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private int reasons;
    private boolean isResting;
    private boolean wasSaid;
    private long saidAtNanos;

    /** Does not pass the exception on: Netty's own handler would log each one. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        FatalLoopError.ifOutOfMemory(cause);
        say(cause);
        if (!isResting) {
            isResting = true;
            begin(ctx.channel());
            ctx.executor().schedule(() -> goOn(ctx), PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void goOn(ChannelHandlerContext ctx) {
        isResting = false;
        end(ctx.channel());
    }

    /** Adds a reason to pause. Call it on the event loop of the listening socket, like its end. */
    void begin(Channel listening) {
        reasons++;
        listening.config().setAutoRead(false);
    }

    void end(Channel listening) {
        reasons--;
        if (reasons == 0) {
            listening.config().setAutoRead(true);
        }
    }

    private void say(Throwable cause) {
        long now = System.nanoTime();
        if (!wasSaid || now - saidAtNanos > SAY_EVERY_NANOS) {
            wasSaid = true;
            saidAtNanos = now;
            LOG.warn("This process cannot accept connections; it tries again every second: {}", cause.getMessage());
        }
    }
}
